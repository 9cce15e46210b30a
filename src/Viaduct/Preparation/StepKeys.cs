using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct.Preparation;

/// <summary>Keys of steps: over what is run, all that it reads and the steps before it. What a step makes is not in its key.</summary>
internal sealed class StepKeys(FileStates files, long epoch)
{
    /// <summary>Changes when the same inputs begin to make other outputs for a reason that is not among them.</summary>
    private const string Format = "viaduct prepare 1";

    private const int MostInputs = 100_000;

    /// <param name="before">The steps before it, whose outputs it may read.</param>
    /// <param name="outputs">Of all steps of the set (<see cref="StepOutputs.From"/>): none of them is an input by its content.</param>
    /// <returns>The key, and the inputs by path.</returns>
    /// <exception cref="ViaductException">VIA2210 for a pattern without a file, VIA2216, VIA212x for what cannot be read.</exception>
    public async Task<(Digest Key, SortedDictionary<string, string> Inputs)> OfAsync(
        PlatformStep step, Digest? previous, IEnumerable<PlatformStep> before, IReadOnlyCollection<string> outputs, CancellationToken cancellationToken)
    {
        var inputs = await InputsAsync(step, before, outputs, cancellationToken).ConfigureAwait(false);
        using var hash = new KeyHash();
        hash.Add(Format).Add(previous?.ToString()).Add(epoch).Add(step.Declared.IsShell ? 1 : 0)
            .AddAll([.. step.Command]).AddAll([.. step.Environment.SelectMany(e => (string[])[e.Key, e.Value])])
            .AddAll([.. step.Outputs]).AddAll([.. inputs.SelectMany(i => (string[])[i.Key, i.Value])]);
        return (hash.Finish(), inputs);
    }

    public async Task<SortedDictionary<string, string>> InputsAsync(
        PlatformStep step, IEnumerable<PlatformStep> before, IReadOnlyCollection<string> outputs, CancellationToken cancellationToken)
    {
        var patterns = new InputPatterns(step.Folder, step.Inputs);
        var inputs = await files.ChosenAsync(step.Folder, patterns, outputs, MostInputs, () => PrepareErrors.TooMany(step.Where, "inputs", MostInputs), cancellationToken).ConfigureAwait(false);
        var made = before.SelectMany(b => b.Outputs).ToList();
        foreach (var position in patterns.Unused)
            if (!made.Exists(m => Leads(step, patterns, position, m))) throw PrepareErrors.NoInput(step.Declared.Inputs[position].Where, step.Inputs[position]);
        return inputs;
    }

    /// <summary>Whether a pattern means what an earlier step makes, or something in it; that step's key stands for it.</summary>
    private static bool Leads(PlatformStep step, InputPatterns patterns, int position, string output) =>
        patterns.Names(position, output) || InputPatterns.Canonical(step.Folder, step.Inputs[position]).StartsWith(output + "/", StringComparison.Ordinal);
}
