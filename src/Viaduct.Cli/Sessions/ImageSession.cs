using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Registry;
using Viaduct.Server;

namespace Viaduct.Cli.Sessions;

/// <summary>One image or list that a reference or <c>oci:DIR[:NAME]</c> names, and the place to read more of it from.</summary>
internal sealed class ImageSession : IAsyncDisposable
{
    private const string Layout = "oci:";
    private readonly RegistryClient? _client;
    private readonly EmbeddedRegistry? _embedded;

    private ImageSession(string name, IContentSource source, RawManifest manifest, Reference? reference, RegistryClient? client, EmbeddedRegistry? embedded)
    {
        Name = name;
        Source = source;
        Manifest = manifest;
        Reference = reference;
        (_client, _embedded) = (client, embedded);
    }

    public string Name { get; }

    public IContentSource Source { get; }

    public RawManifest Manifest { get; }

    /// <summary>The name that it has in a registry; null when a layout gives it none that is one.</summary>
    public Reference? Reference { get; }

    public static Task<ImageSession> OpenAsync(string text, RegistryOptionsGroup options, ParseResult parse, Caller caller, CancellationToken cancellationToken) =>
        text.StartsWith(Layout, StringComparison.Ordinal)
            ? OpenLayoutAsync(text[Layout.Length..], caller, cancellationToken)
            : OpenRegistryAsync(Reference.Parse(text), options, parse, caller, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_embedded is not null) await _embedded.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<ImageSession> OpenRegistryAsync(Reference reference, RegistryOptionsGroup options, ParseResult parse, Caller caller, CancellationToken cancellationToken)
    {
        var embedded = await EmbeddedStore.OpenForAsync([reference], options.Root(parse, caller), caller, cancellationToken).ConfigureAwait(false);
        var client = options.Client(parse, caller);
        try
        {
            var repository = client.Repository(reference);
            var manifest = await repository.FindManifestAsync(reference.TagOrDigest, cancellationToken).ConfigureAwait(false) ?? throw CliErrors.NotFound(reference.ToString());
            return new ImageSession(reference.ToString(), repository, manifest, reference, client, embedded);
        }
        catch
        {
            client.Dispose();
            if (embedded is not null) await embedded.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<ImageSession> OpenLayoutAsync(string text, Caller caller, CancellationToken cancellationToken)
    {
        var (folder, name) = Split(text, caller);
        var layout = await OciLayout.OpenAsync(Path.GetFullPath(folder, caller.Folder), cancellationToken).ConfigureAwait(false);
        if (name is null)
        {
            var entries = await layout.ListAsync(cancellationToken).ConfigureAwait(false);
            var names = entries.Select(e => e.Annotations.GetValueOrDefault(Annotations.RefName) ?? e.Digest.ToString()).ToList();
            name = entries.DistinctBy(e => e.Digest).Count() == 1 ? names[0] : throw CliErrors.NameOne(folder, names);
        }
        var manifest = await layout.FindManifestAsync(name, cancellationToken).ConfigureAwait(false) ?? throw CliErrors.NotFound($"{Layout}{folder}:{name}");
        return new ImageSession($"{Layout}{folder}:{name}", layout, manifest, Reference.TryParse(name, out var reference) && name.Contains(':') && reference.Digest is null ? reference : null, null, null);
    }

    /// <summary>The folder ends at the first colon, unless a folder of the whole name exists or the colon is a drive's.</summary>
    private static (string Folder, string? Name) Split(string text, Caller caller)
    {
        if (Directory.Exists(Path.GetFullPath(text, caller.Folder))) return (text, null);
        var colon = text.IndexOf(':', OperatingSystem.IsWindows() && text.Length > 1 && text[1] == ':' ? 2 : 0);
        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
