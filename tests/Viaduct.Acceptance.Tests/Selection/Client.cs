using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>crane, oras and skopeo: they store nothing, and print what they take.</summary>
internal abstract class Client(string runtime) : Puller(runtime)
{
    public sealed override void Need() => RealParts.NeedTools();

    protected sealed override async Task<Taken> PullAsync(PushedIndex index)
    {
        var outcome = await RunAsync(index.Index.Request, index.Name.ToString());
        if (outcome.Exit != 0) return Taken.Nothing(outcome.Error);
        var printed = Digest.Sha256(outcome.Output.AsSpan().TrimEnd("\n"u8)).ToString();
        if (index.PlaceOf(printed) is { } place) return new Taken([place], null);
        // oras is content with a list in a list, though no image is in its hands.
        return index.HasNested(printed) ? new Taken([], null) : throw new InvalidOperationException($"{outcome.Line}\nprinted what is not of this list:\n{outcome.Text}");
    }

    /// <summary>Prints the manifest or the config of the image.</summary>
    protected abstract Task<Outcome> RunAsync(string request, string name);
}
