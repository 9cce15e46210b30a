using System.Globalization;
using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>What Viaduct says that a tool does with a list, in the words of <see cref="Taken"/>.</summary>
internal static class Prediction
{
    public static async Task<Taken> OfAsync(Puller puller, PushedIndex index, IContentSource source)
    {
        var manifest = await source.FindManifestAsync(index.Index.Tag, default) ?? throw new InvalidOperationException($"{index.Name} is not there.");
        var candidates = await Candidates.ReadAsync(source, manifest, allConfigs: true, default);
        var asHost = puller.AsksForNothing(index.Index);
        var platform = asHost ? ThisMachine.Platform! : Platform.Parse(index.Index.Request);
        var selection = Selector.For(Runtimes.Parse(puller.Runtime), platform, asHost).Explain(candidates, index.Name.ToString());
        var places = puller.FetchesMore
            ? selection.Fetched.Select(position => position.ToString(CultureInfo.InvariantCulture))
            : selection.Path.Count == 0 ? [] : [string.Join('/', selection.Path)];
        return new Taken([.. places.Select(index.First).Distinct().Order(StringComparer.Ordinal)], selection.Error is null ? null : Taken.Clean(selection.Error));
    }
}
