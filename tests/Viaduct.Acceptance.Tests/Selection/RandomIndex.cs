using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>A list that is to be made, and the platform that is then asked for.</summary>
/// <param name="Request">As words: tools differ in what they read.</param>
/// <param name="AsHost">True when a tool that may be asked without a platform is.</param>
internal sealed record RandomIndex(int Number, bool IsDockerList, IReadOnlyList<RandomEntry> Entries, string Request, bool AsHost)
{
    public string Tag => $"i{Number}";

    /// <summary>True when somebody wrote <c>Linux</c>, which is not what GOOS is.</summary>
    public bool HasCapitals => Entries.SelectMany(e => e.Platforms).Append(Platform.Parse(Request)).Any(p => p.Os != p.Os.ToLowerInvariant());

    public override string ToString() => $"{(IsDockerList ? "docker list" : "OCI index")} [{string.Join(", ", Entries)}]";
}
