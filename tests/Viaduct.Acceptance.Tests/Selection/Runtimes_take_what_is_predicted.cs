using System.Globalization;
using System.Text;

namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>Real tools pull random lists from a real registry, and what they take, or say when they take nothing, is compared with the prediction.</summary>
public sealed class Runtimes_take_what_is_predicted(PushedIndexes indexes, ITestOutputHelper output) : IClassFixture<PushedIndexes>
{
    [Theory]
    [MemberData(nameof(Pullers.Names), MemberType = typeof(Pullers))]
    public async Task From_random_lists(string runtime)
    {
        RealParts.NeedDistribution();
        var puller = Pullers.Named(runtime);
        puller.Need();
        var seed = $"VIADUCT_TEST_SEED={indexes.Seed}";
        output.WriteLine(seed);
        var asked = (await indexes.AllAsync()).Where(index => puller.Survives(index.Index)).ToList();
        Assert.InRange(asked.Count, 200, int.MaxValue);

        var taken = await puller.PullAsync(asked);

        var differences = new StringBuilder();
        var count = 0;
        for (var i = 0; i < asked.Count; i++)
        {
            var predicted = await Prediction.OfAsync(puller, asked[i], indexes.Source(asked[i]));
            if (predicted.Same(taken[i])) continue;
            count++;
            var request = puller.AsksForNothing(asked[i].Index) ? $"nothing, on {ThisMachine.Platform}" : asked[i].Index.Request;
            differences.AppendLine(CultureInfo.InvariantCulture, $"\n{asked[i].Index.Tag} {asked[i].Index}\n  {runtime} asked for {request}\n  predicted: {predicted}\n  taken:     {taken[i]}");
        }
        Assert.True(count == 0, $"{count} of {asked.Count} predictions for {runtime} are wrong ({seed}):{differences}");
        // Lists of which nothing is ever taken would agree with anything.
        Assert.InRange(taken.Count(t => t.Places.Count > 0), asked.Count / 6, asked.Count);
        output.WriteLine($"{asked.Count} lists");
    }
}
