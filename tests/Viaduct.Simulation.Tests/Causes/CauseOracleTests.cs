using System.Text.Json;

namespace Viaduct.Simulation.Tests;

/// <summary>Every failure that real runtimes were recorded with is understood, and its cause is among the first three.</summary>
public sealed class CauseOracleTests(ITestOutputHelper output)
{
    public static TheoryData<string> Files => PullErrorOracleTests.Files;

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_recorded_failure_is_understood_and_its_cause_is_among_the_first_three(string file)
    {
        using var recorded = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, file)));
        var rows = recorded.RootElement.EnumerateArray().Select(PullErrorRow.Read).Where(r => r.Text is not null).ToList();
        var (missed, told, first) = (new List<string>(), 0, 0);
        foreach (var row in rows)
        {
            var said = row.Tool.StartsWith("CRI", StringComparison.Ordinal) ? KubeletWords.Failed(row.Image, PullErrors.AsKubeletSays(row.Text!)) : row.Text!;
            var read = MessageReader.Read(said);
            if (read is not [{ Symptom.IsVague: false } diagnosis])
            {
                missed.Add($"{row}: {read.Count} answers to {said}");
                continue;
            }
            if (CauseScenario.Of(row) is not { } cause) continue;
            told++;
            var at = diagnosis.Causes.Select(c => c.Cause.Name).ToList().IndexOf(cause);
            if (at == 0) first++;
            if (at is < 0 or > 2) missed.Add($"{row}: {cause} is at {at} of {diagnosis.Symptom.Name}: {said}");
        }
        var summary = $"{file}: {rows.Count} failures read, {rows.Count - missed.Count} understood; of {told} the cause is known, {first} times it is the first one named";
        output.WriteLine(summary);
        Assert.True(missed.Count == 0, $"{summary}\n{string.Join('\n', missed.Take(40))}");
        Assert.True(told > 80);
    }

    [Fact]
    public void Every_cause_of_the_first_recording_is_known()
    {
        using var recorded = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "pull-errors.json")));
        Assert.DoesNotContain(recorded.RootElement.EnumerateArray().Select(PullErrorRow.Read), row => row.Text is not null && CauseScenario.Of(row) is null);
    }
}
