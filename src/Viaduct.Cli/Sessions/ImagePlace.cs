using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Sessions;

/// <summary>Where an image is or will be: <c>REF</c>, also written <c>docker://REF</c>, <c>oci:DIR[:NAME]</c> or <c>oci-archive:FILE[:NAME]</c>.</summary>
/// <param name="Path">Of a folder or file as it was given; empty for a registry.</param>
/// <param name="Name">Of an image in a folder or file; null when none was given.</param>
/// <param name="Reference">Of a registry; null elsewhere.</param>
internal sealed record ImagePlace(ImagePlaceKind Kind, string Path, string? Name, Reference? Reference)
{
    private const string Docker = "docker://";

    private static readonly (string Prefix, ImagePlaceKind Kind)[] Files = [("oci:", ImagePlaceKind.Layout), ("oci-archive:", ImagePlaceKind.Archive)];

    /// <summary>Of skopeo (containers-transports(5)). They would be names at Docker Hub, which may be somebody's.</summary>
    private static readonly (string Prefix, string Todo)[] Others =
    [
        ("docker-archive:", "To read one, write oci-archive:FILE, which takes docker's archives too."),
        ("docker-daemon:", "Write 'docker save NAME -o FILE' and oci-archive:FILE to read one; 'viaduct load' puts an image into docker."),
        ("containers-storage:", "Write 'podman push NAME oci-archive:FILE' and oci-archive:FILE to read one; 'viaduct load' puts an image into podman."),
        ("dir:", "Write 'skopeo copy dir:DIR oci:OTHER' and oci:OTHER."),
        ("ostree:", "Make an OCI layout of it, and write oci:DIR."),
        ("sif:", "Make an OCI layout of it, and write oci:DIR."),
    ];

    /// <summary>The same place, whatever it holds.</summary>
    public string Shown => Reference?.Name ?? $"{Files.First(f => f.Kind == Kind).Prefix}{Path}";

    /// <exception cref="ViaductException">VIA1002; VIA9001 for a place of another kind, or one with an empty name.</exception>
    public static ImagePlace Parse(string text, Caller caller)
    {
        foreach (var (prefix, kind) in Files)
            if (text.StartsWith(prefix, StringComparison.Ordinal))
            {
                var (path, name) = Split(text[prefix.Length..], caller);
                if (path.Length == 0 || name is { Length: 0 })
                    throw CliErrors.Usage($"'{text}' has an empty {(path.Length == 0 ? "path" : "name")}", $"Write {prefix}PATH, or {prefix}PATH:NAME.");
                return new ImagePlace(kind, path, name, null);
            }
        if (Array.Find(Others, o => text.StartsWith(o.Prefix, StringComparison.Ordinal)) is { Prefix: { } other, Todo: var todo }) throw CliErrors.Transport(text, other, todo);
        return new ImagePlace(ImagePlaceKind.Registry, "", null, Reference.Parse(text.StartsWith(Docker, StringComparison.Ordinal) ? text[Docker.Length..] : text));
    }

    public string FullPath(Caller caller) => System.IO.Path.GetFullPath(Path, caller.Folder);

    public override string ToString() => Reference?.ToString() ?? (Name is null ? Shown : $"{Shown}:{Name}");

    /// <summary>The path ends at the first colon, unless there is one of the whole text or the colon is a drive's.</summary>
    private static (string Path, string? Name) Split(string text, Caller caller)
    {
        if (System.IO.Path.Exists(System.IO.Path.GetFullPath(text, caller.Folder))) return (text, null);
        var colon = text.IndexOf(':', OperatingSystem.IsWindows() && text.Length > 1 && text[1] == ':' ? 2 : 0);
        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
