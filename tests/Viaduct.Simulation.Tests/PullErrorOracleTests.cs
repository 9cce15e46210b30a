using System.Text.Json;

namespace Viaduct.Simulation.Tests;

/// <summary>
/// Holds the words of failed pulls to what real runtimes said. <c>pull-errors.json</c> was recorded first; <c>pull-errors-probes.json</c> was recorded
/// for the rules that it leaves open, with containerd 1.6.20 and 2.1.9 and dockerd 20.10.24 and 28.5.2 against a scripted registry.
/// </summary>
public sealed class PullErrorOracleTests(ITestOutputHelper output)
{
    /// <summary>Rows whose scenario says too little; a few of them in a further file are no failure of the rules.</summary>
    private const int MostUntold = 3;

    public static TheoryData<string> Files => [.. Directory.GetFiles(AppContext.BaseDirectory, "pull-errors*.json").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_recorded_error_is_told_to_the_letter(string file)
    {
        using var recorded = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, file)));
        var (count, untold, wrong) = (0, new List<string>(), new List<string>());
        foreach (var row in recorded.RootElement.EnumerateArray().Select(PullErrorRow.Read))
        {
            count++;
            if (row.Input() is not { } input)
                untold.Add(row.ToString());
            else if (!PullErrors.TryTell(input.Runtime, input.Reference, input.Answer, input.Credentials, out var told))
                untold.Add($"{row}: no rules for the runtime");
            else if (told != row.Text)
                wrong.Add($"{row}\n  recorded  {row.Text ?? "(pulled)"}\n  predicted {told ?? "(pulled)"}");
        }
        var summary = $"{file}: {count} cases read, {count - wrong.Count - untold.Count} predicted to the letter, {untold.Count} whose scenario is not understood";
        output.WriteLine(summary);
        foreach (var row in untold) output.WriteLine("not understood: " + row);
        Assert.True(wrong.Count == 0 && untold.Count <= MostUntold, $"{summary}\n{string.Join('\n', wrong.Concat(untold.Select(u => "not understood: " + u)).Take(60))}");
        Assert.NotEqual(0, count);
    }

    [Fact]
    public void All_scenarios_of_the_first_recording_are_understood()
    {
        using var recorded = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "pull-errors.json")));
        Assert.DoesNotContain(recorded.RootElement.EnumerateArray().Select(PullErrorRow.Read), row => row.Input() is null);
        Assert.True(recorded.RootElement.GetArrayLength() >= 87);
    }
}
