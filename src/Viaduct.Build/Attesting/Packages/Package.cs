namespace Viaduct.Build.Attesting;

/// <summary>An installed package, as its database says.</summary>
/// <param name="Type">As package URLs have it: <c>deb</c>, <c>apk</c>.</param>
/// <param name="Architecture">In the distribution's own words; empty where nothing is said.</param>
/// <param name="Source">The source package with its version where it has another (<c>openssl@3.0.15</c>); null where it is the same.</param>
internal sealed record Package(string Type, string Name, string Version, string Architecture, string? Source)
{
    public string? Supplier { get; init; }

    public string Url(OsRelease release) => PackageUrl.Of(Type, release.Id ?? (Type == "apk" ? "alpine" : "debian"), Name, Version,
        ("arch", Architecture), ("distro", release.Distro), ("upstream", Source));
}
