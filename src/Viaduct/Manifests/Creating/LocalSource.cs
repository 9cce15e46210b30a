using Viaduct.Build.Engines;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Yaml;

namespace Viaduct.Manifests;

/// <summary>Content that is in no registry: an OCI layout, or an image of docker's own store.</summary>
/// <param name="named">Finds the image or index that the source's name stands for.</param>
internal sealed class LocalSource(Func<CancellationToken, Task<RawManifest>> named, IContentSource content, IAsyncDisposable? open) : IAsyncDisposable
{
    private const string Layout = "oci:";
    private const string Daemon = "docker-daemon:";

    /// <summary>By digest it has also what its name does not stand for any more.</summary>
    public IContentSource Content => content;

    /// <summary>The image or index that the name stands for now.</summary>
    /// <exception cref="ViaductException">VIA5142 when there is none, or more than one.</exception>
    public Task<RawManifest> FindAsync(CancellationToken cancellationToken) => named(cancellationToken);

    public static bool IsMeant(string text) =>
        text.StartsWith(Layout, StringComparison.Ordinal) || text.StartsWith(Daemon, StringComparison.Ordinal);

    /// <summary>Where the image of an entry comes from; null for a registry, also where another entry has the same image from elsewhere.</summary>
    public static string? Of(StoredList list, StoredManifest image) =>
        image.Ref.Tag is null && image.Ref.Name == list.Name.Name ? list.Companion.Sources.GetValueOrDefault(image.Descriptor.Digest) : null;

    /// <summary>Why a text can be no source; null when it can.</summary>
    public static string? Refusal(string text) =>
        text.Any(char.IsControl) ? "it has characters that no name has"
        : text is Daemon or Layout || text.StartsWith(Layout + ":", StringComparison.Ordinal) || text.EndsWith(':') ? "it lacks a name" : null;

    /// <summary>The same source wherever it is read from: paths are complete.</summary>
    /// <exception cref="ViaductException">VIA5142 when it can be none.</exception>
    public static string Complete(string text, string folder)
    {
        if (Refusal(text) is { } why) throw SpecErrors.NotThere(YamlErrors.Shown(text), why, "Sources are oci:DIR, oci:DIR:NAME and docker-daemon:NAME.");
        if (!text.StartsWith(Layout, StringComparison.Ordinal)) return text;
        var (path, name) = Split(text[Layout.Length..], folder);
        return Layout + Path.GetFullPath(path, folder) + (name is null ? "" : ":" + name);
    }

    /// <param name="source">As <see cref="Complete"/> gives it.</param>
    /// <param name="variable">The environment, which tells where docker is.</param>
    /// <exception cref="ViaductException">VIA1030 when there is no such layout, VIA5142 when docker has no such image.</exception>
    public static Task<LocalSource> OpenAsync(string source, Func<string, string?> variable, CancellationToken cancellationToken) =>
        source.StartsWith(Layout, StringComparison.Ordinal)
            ? OpenLayoutAsync(source, cancellationToken)
            : OpenDaemonAsync(source, variable, cancellationToken);

    public ValueTask DisposeAsync() => open?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<LocalSource> OpenLayoutAsync(string source, CancellationToken cancellationToken)
    {
        var (folder, name) = Split(source[Layout.Length..], "/");
        var layout = await OciLayout.OpenAsync(folder, cancellationToken).ConfigureAwait(false);
        return new LocalSource(token => FindAsync(source, layout, name, token), layout, null);
    }

    private static async Task<RawManifest> FindAsync(string source, OciLayout layout, string? name, CancellationToken cancellationToken)
    {
        var entries = await layout.ListAsync(cancellationToken).ConfigureAwait(false);
        var names = string.Join(", ", entries.Select(NameOf));
        if (name is null && entries.DistinctBy(e => e.Digest).Count() != 1)
            throw entries.Count == 0 ? SpecErrors.NotThere(source, "the layout is empty")
                : SpecErrors.NotThere(source, "the layout has several images", $"Name one of them behind a colon: {names}.");
        return await layout.FindManifestAsync(name ?? entries[0].Digest.ToString(), cancellationToken).ConfigureAwait(false)
            ?? throw SpecErrors.NotThere(source, "the layout has no image of this name", $"It has {names}.");
    }

    private static async Task<LocalSource> OpenDaemonAsync(string source, Func<string, string?> variable, CancellationToken cancellationToken)
    {
        var image = await DaemonImage.OpenAsync(source[Daemon.Length..], variable, cancellationToken).ConfigureAwait(false)
            ?? throw SpecErrors.NotThere(source, "docker has no such image", "'docker images' shows those that it has.");
        return new LocalSource(_ => Task.FromResult(image.Manifest), image, image);
    }

    private static string NameOf(Descriptor entry) => entry.Annotations.GetValueOrDefault(Annotations.RefName) ?? entry.Digest.ToString();

    /// <summary>The folder ends at the first colon, unless a folder of the whole name exists or the colon is a drive's.</summary>
    private static (string Folder, string? Name) Split(string text, string folder)
    {
        if (Directory.Exists(Path.GetFullPath(text, folder))) return (text, null);
        var colon = text.IndexOf(':', OperatingSystem.IsWindows() && text.Length > 1 && text[1] == ':' ? 2 : 0);
        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
