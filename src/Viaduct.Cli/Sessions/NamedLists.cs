using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Cli.Sessions;

/// <summary>The lists and images that a verb looks at: those that were named, or all of the set.</summary>
internal sealed class NamedLists : IAsyncDisposable
{
    private readonly IReadOnlyList<(string Image, Reference Name, IReadOnlyList<Platform> Platforms)> _lists;
    private readonly IReadOnlyList<IAsyncDisposable> _open;

    private NamedLists(RegistryClient client, IReadOnlyList<(string, Reference, IReadOnlyList<Platform>)> lists, params IReadOnlyList<IAsyncDisposable?> open)
    {
        Client = client;
        _lists = lists;
        _open = [.. open.OfType<IAsyncDisposable>()];
    }

    public RegistryClient Client { get; }

    public static async Task<NamedLists> OpenAsync(string[] references, SetOptions set, ParseResult parse, Caller caller, CancellationToken cancellationToken)
    {
        if (references.Length == 0) return await OfSetAsync(set, parse, caller, cancellationToken).ConfigureAwait(false);
        set.CheckReferences(parse);
        if (references.FirstOrDefault(r => r.StartsWith("oci:", StringComparison.Ordinal)) is { } layout) throw CliErrors.Layout(layout);
        var names = references.Select(Reference.Parse).ToList();
        var platforms = set.Given(parse).Platforms;
        var embedded = await EmbeddedStore.OpenForAsync(names, set.Registries.Root(parse, caller), caller, cancellationToken).ConfigureAwait(false);
        return new(set.Registries.Client(parse, caller), [.. names.Select(n => (n.Repository, n, platforms))], embedded);
    }

    /// <param name="nodes">The nodes to pull on; when empty, one for each platform of the list, with the simulator's runtime.</param>
    /// <exception cref="ViaductException">VIA9008 when nothing of all that is there.</exception>
    public async Task<IReadOnlyList<ListReport>> SimulateAsync(ListSimulator simulator, IReadOnlyList<Node> nodes, CancellationToken cancellationToken)
    {
        var reports = await Task.WhenAll(_lists.Select(l => simulator.SimulateAsync(
            l.Image, l.Name, null, nodes.Count > 0 ? nodes : [.. l.Platforms.Select(p => Node.Of(p) with { Runtime = simulator.Runtime })], cancellationToken))).ConfigureAwait(false);
        return reports.Length > 0 && reports.All(r => r.IsMissing) ? throw CliErrors.NotFound(reports[0].List.ToString()) : reports;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (var open in _open) await open.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<NamedLists> OfSetAsync(SetOptions set, ParseResult parse, Caller caller, CancellationToken cancellationToken)
    {
        var session = await SetSession.OpenAsync(set, parse, caller, makes: false, cancellationToken).ConfigureAwait(false);
        var names = new ImageNames(session.Prefix);
        var lists = session.Set.Images.Where(i => i.Platforms.Count > 0).SelectMany(i => names.Lists(i).Select(n => (i.Name, n, i.Platforms))).ToList();
        if (!session.IsNew) return new(session.Client, lists, session);
        await session.DisposeAsync().ConfigureAwait(false);
        throw CliErrors.NotFound(names.Lists(session.Set.Images[0])[0].ToString());
    }
}
