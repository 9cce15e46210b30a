using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>How the pushes and pulls ended.</summary>
internal sealed partial class Tally(FaultPlan plan)
{
    private static readonly HashSet<string> Known = [.. Codes().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/errors.md"))).Select(m => m.Value)];

    private readonly ConcurrentDictionary<string, int> _ends = new();

    /// <summary>What must not be, with the round where it was.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    public int All => _ends.Values.Sum();

    /// <summary>
    /// Of those that met nothing that cannot be got over, how many of a hundred were complete. Silence (VIA3002) is none of their faults: on a busy
    /// machine the fast clock runs out of patience with it.
    /// </summary>
    public int CompleteOfMild() => 100 * Sum("mild", " complete") / Math.Max(1, Sum("mild", "") - Sum("mild", " VIA3002"));

    /// <returns>Whether it succeeded.</returns>
    public async Task<bool> RunAsync(string round, string what, Func<Task> work)
    {
        try
        {
            await work();
            Count($"{what} complete");
            return true;
        }
        catch (ViaductException e) when (Known.Contains(e.Code) && e.Code != "VIA9999")
        {
            Count($"{what} {e.Code}");
            return false;
        }
        catch (Exception e)
        {
            Count($"{what} {e.GetType().Name}");
            Wrong.Enqueue($"{round} {what}: {e}{Met(round)}");
            return false;
        }
    }

    public void Check(string round, string what, string? wrong)
    {
        if (wrong is not null) Wrong.Enqueue($"{round} {what}: {wrong}{Met(round)}");
    }

    public override string ToString() => string.Join('\n', _ends.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Value,6} {e.Key}"));

    private string Met(string round) => string.Concat(plan.Of(round).Select(line => $"\n    {line}"));

    private int Sum(string begin, string end) => _ends.Where(e => e.Key.StartsWith(begin, StringComparison.Ordinal) && e.Key.EndsWith(end, StringComparison.Ordinal)).Sum(e => e.Value);

    private void Count(string end) => _ends.AddOrUpdate(end, 1, (_, count) => count + 1);

    [GeneratedRegex("VIA[0-9]{4}")]
    private static partial Regex Codes();
}
