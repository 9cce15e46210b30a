using Viaduct.Cli.Options;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Manifests;
using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Server;

namespace Viaduct.Cli.Docker;

/// <summary>docker's store, the registries with docker's credentials, and the embedded registry when it is meant.</summary>
internal sealed class ManifestSession : IAsyncDisposable
{
    private readonly RegistryClient _client;
    private readonly EmbeddedRegistry? _embedded;

    private ManifestSession(ManifestRun run, EmbeddedRegistry? embedded)
    {
        _embedded = embedded;
        _client = new RegistryClient(new RegistryOptions
        {
            Credentials = KnownCredentials.OfDocker(run.Folder, run.Caller.Variable),
            Insecure = run.Flags.Is("insecure"),
            LooksAtLoopback = true,
            Trace = run.Verbose ? trace => run.Note(RegistryOptionsGroup.Line(trace)) : null,
        });
        Context = new ManifestContext(StoreOf(run), _client, run.Note, run.Caller.Folder) { Variable = run.Caller.Variable };
    }

    public ManifestContext Context { get; }

    public static ManifestStore StoreOf(ManifestRun run) => new(run.Folder, TimeProvider.System) { Note = run.Note };

    /// <summary>Names of local lists, for shells.</summary>
    public static async Task<IEnumerable<string>> ListsAsync(Caller caller, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(DockerFolder.Open(null, caller).Path, caller.Folder);
        return (await new ManifestStore(folder, TimeProvider.System).ListAsync(cancellationToken).ConfigureAwait(false)).Select(l => l.Name?.Familiar).OfType<string>();
    }

    /// <param name="names">As they were typed: those that are no names are left to the verb to refuse.</param>
    public static async Task<ManifestSession> OpenAsync(ManifestRun run, IEnumerable<string> names)
    {
        var references = names.Select(n => Reference.TryParse(n, out var reference) ? reference : null).OfType<Reference>();
        return new(run, await EmbeddedStore.OpenForAsync(references, run.Caller.Folder, run.Caller, run.CancellationToken).ConfigureAwait(false));
    }

    /// <summary>As the other, and the images of a local list may be in the embedded registry, too.</summary>
    public static async Task<ManifestSession> OpenForListAsync(ManifestRun run, Reference list)
    {
        var images = Directory.Exists(EmbeddedStore.FolderOf(run.Caller.Folder))
            ? (await StoreOf(run).FindAsync(list, run.CancellationToken).ConfigureAwait(false))?.Entries.Select(e => e.Image.Ref.ToString()) ?? [] : [];
        return await OpenAsync(run, images.Prepend(list.ToString())).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_embedded is not null) await _embedded.DisposeAsync().ConfigureAwait(false);
    }
}
