using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>Holds the rules to what real containerds chose.</summary>
public sealed class RecordedSelectionTests
{
    [Fact]
    public void Every_recorded_choice_of_an_exact_entry_or_a_fall_back_is_predicted() =>
        Assert.Equal(432, Check("only", selection => selection.Chosen));

    [Fact]
    public void Every_recorded_choice_of_the_transfer_service_is_the_exact_entry_or_none() =>
        Assert.Equal(432, Check("exact", selection => selection.Exact ? selection.Chosen : null));

    private static int Check(string kind, Func<SelectionResult, Descriptor?> choice)
    {
        using var stream = typeof(RecordedSelectionTests).Assembly.GetManifestResourceStream("recorded-selections.json")!;
        using var recorded = JsonDocument.Parse(stream);
        var root = recorded.RootElement;
        var (count, wrong) = (0, new List<string>());
        foreach (var row in root.GetProperty("rows").EnumerateArray())
        {
            var (index, tool) = (row[0].GetString()!, row[1].GetString()!);
            if (root.GetProperty("tools").GetProperty(tool)[0].GetString() != kind) continue;
            var entries = Entries.Of([.. root.GetProperty("indexes").GetProperty(index).EnumerateArray().Select(p => p.GetString()!)]);
            foreach (var request in row[2].EnumerateObject())
            {
                var expected = request.Value.ValueKind == JsonValueKind.Null ? -1 : request.Value.GetInt32();
                var chosen = choice(ContainerdSelection.Choose(entries, Platform.Parse(request.Name), asHost: false));
                var position = chosen is null ? -1 : entries.IndexOf(chosen);
                if (position != expected) wrong.Add($"{index} for {request.Name} by {tool}: {expected} was chosen, {position} is predicted");
                count++;
            }
        }
        Assert.Empty(wrong);
        return count;
    }
}
