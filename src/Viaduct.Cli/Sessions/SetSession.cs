using System.CommandLine;
using Viaduct.Cli.Options;
using Viaduct.Cli.Terminal;
using Viaduct.Registry;
using Viaduct.Server;

namespace Viaduct.Cli.Sessions;

/// <summary>A set, the registry it lives in, and a client; opened at the start of a verb, closed at its end.</summary>
internal sealed class SetSession : IAsyncDisposable
{
    private readonly EmbeddedRegistry? _embedded;

    private SetSession(ImageSet set, RegistryClient client, EmbeddedRegistry? embedded, string prefix)
    {
        Set = set;
        Client = client;
        _embedded = embedded;
        Prefix = prefix;
    }

    public ImageSet Set { get; }

    public RegistryClient Client { get; }

    public string Prefix { get; }

    public bool IsEmbedded => Set.Registry is null;

    /// <summary>The embedded registry was wanted and there is no store yet: it is known to be empty.</summary>
    public bool IsNew { get; private init; }

    /// <param name="makes">Whether the verb writes; a verb that only looks does not make a store.</param>
    public static Task<SetSession> OpenAsync(SetOptions options, ParseResult parse, Caller caller, bool makes, CancellationToken cancellationToken) =>
        OpenAsync(options.Read(parse, caller), options, parse, caller, makes, cancellationToken);

    public static async Task<SetSession> OpenAsync(ImageSet set, SetOptions options, ParseResult parse, Caller caller, bool makes, CancellationToken cancellationToken)
    {
        var isNew = set.Registry is null && !makes && !Directory.Exists(EmbeddedStore.FolderOf(set.Root));
        var embedded = set.Registry is null && !isNew ? await EmbeddedStore.OpenAsync(set.Root, caller, cancellationToken).ConfigureAwait(false) : null;
        return new SetSession(set, options.Registries.Client(parse, caller), embedded, set.Registry ?? embedded?.Address ?? EmbeddedStore.Address(caller)) { IsNew = isNew };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_embedded is not null) await _embedded.DisposeAsync().ConfigureAwait(false);
    }
}
