using System.Text.Json;
using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>Holds the rules to what real runtimes and tools took, and to what they said when they took nothing.</summary>
public sealed partial class RecordedSelectionTests(ITestOutputHelper output)
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(AppContext.BaseDirectory, "selection*.json").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_recorded_choice_and_error_is_predicted(string file)
    {
        using var recorded = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, file)));
        var root = recorded.RootElement;
        var (count, wrong) = (0, new List<string>());
        // How a list was pushed stands only in what two of the tools say about it.
        var docker = root.GetProperty("rows").EnumerateArray().Where(r => r[4].GetString()?.Contains("in manifest list for", StringComparison.Ordinal) ?? false).Select(r => r[0].GetString()!).ToHashSet();
        foreach (var row in root.GetProperty("rows").EnumerateArray())
        {
            count++;
            var (index, request, tool) = (row[0].GetString()!, row[1].GetString()!, root.GetProperty("tools").GetProperty(row[2].GetString()!).GetString()!);
            var list = RecordedIndexes.Read(docker.Contains(index), Texts(root.GetProperty("indexes").GetProperty(index)));
            var expected = new Recorded(Taken(row[3]), row[4].GetString());
            var predicted = Predict(tool, request, list, expected);
            if (predicted != expected) wrong.Add($"{index} for {request} by {tool}:\n  recorded  {expected}\n  predicted {predicted}");
        }
        output.WriteLine($"{file}: {count} cases read, {count - wrong.Count} predicted");
        Assert.True(wrong.Count == 0, $"{file}: {wrong.Count} of {count} cases are not predicted\n{string.Join('\n', wrong.Take(40))}");
        Assert.NotEqual(0, count);
    }

    private static Recorded Predict(string tool, string request, Candidates list, Recorded expected)
    {
        if (RecordedTool.Runtime(tool) is not { } runtime) return new Recorded("no rules for the tool", null);
        var isDefault = DefaultRequest().Match(request);
        var platform = Platform.Parse(isDefault.Success ? $"{isDefault.Groups["host"].Value}/{isDefault.Groups["level"].Value}" : request);
        // The reference is an input; the recording holds it only in error texts.
        var reference = Reference().Match(expected.Error ?? "").Value;
        var selection = Selector.For(runtime, platform, asHost: isDefault.Success).Explain(list, reference);
        // Position or positions; of a list in a list, the platform of the image.
        var taken = selection.Path.Count > 1 || (selection.Path.Count == 1 && list.Entries[selection.Path[0]].Nested is not null) ? selection.Chosen!.Platform!.ToString()
            : selection.Path.Count == 0 && selection.Chosen is not null ? "0"
            // ctr was asked what it had fetched, the others what they had taken.
            : runtime is { Name: "ctr", Version: "2.1", Mode: null } ? string.Join(",", selection.Fetched)
            : selection.Path.Count > 0 ? $"{selection.Path[0]}"
            : "";
        return new Recorded(taken, selection.Error is null ? null : AnyDigest().Replace(selection.Error, "sha256:*"));
    }

    private static string Taken(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Array => string.Join(",", value.EnumerateArray().Select(p => p.GetInt32())),
        JsonValueKind.Number => value.GetRawText(),
        _ => value.GetString()!,
    };

    private static List<string> Texts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(p => p.GetString()!)] : [value.GetString()!];

    /// <param name="Error">Null also where the recording notes in brackets that the tool said nothing.</param>
    private sealed record Recorded(string Taken, string? Error)
    {
        public string? Error { get; } = Error is null or ['(', ..] or "" ? null : Error;
    }

    [GeneratedRegex(@"sha256:[0-9a-f]{64}", RegexOptions.CultureInvariant)]
    private static partial Regex AnyDigest();

    [GeneratedRegex(@"127\.0\.0\.1:\d+/[\w./-]+:[\w.-]+(?<![:.])", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^default \(no --platform, host (?<host>\S+), CPU level (?<level>v\d)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex DefaultRequest();
}
