using System.Diagnostics;
using System.Globalization;
using Viaduct.Server;

namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>
/// Pushes and pulls of random images through a proxy in which 1 to 20 of a hundred requests meet a fault: each ends complete, or with an error
/// that has a code, and never leaves anything half done. <c>VIADUCT_TEST_ROUNDS</c> asks for more of them, <c>VIADUCT_TEST_SEED</c> for the same again.
/// </summary>
[Collection(Apart.FromTheEngines)]
public sealed class Random_faults
{
    private const int AtATime = 6;

    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("VIADUCT_TEST_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 84;

    public static MatrixTheoryData<RegistryKind, Door> All() => new(Enum.GetValues<RegistryKind>(), Enum.GetValues<Door>());

    [Theory]
    [MemberData(nameof(All))]
    public async Task Each_push_and_pull_ends_complete_or_with_a_code(RegistryKind kind, Door door)
    {
        if (kind == RegistryKind.Distribution) RealParts.NeedDistribution();
        var began = Stopwatch.StartNew();
        using var folder = new TemporaryFolder();
        var (server, behind) = await StartAsync(kind, folder);
        await using var serving = server;
        var clock = new FastClock(100);
        var plan = new FaultPlan(FaultPlan.Seed, door == Door.Tokens);
        var tally = new Tally(plan);
        await using var proxy = await FaultProxy.StartAsync(kind, behind, plan, door, clock);
        await Parallel.ForEachAsync(Enumerable.Range(0, Rounds), new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (number, _) =>
            await new Round(number, proxy, behind, plan, door, clock, tally, FaultPlan.Chance(FaultPlan.Seed, $"{kind} {door} {number}")).RunAsync());

        var said = $"VIADUCT_TEST_SEED={FaultPlan.Seed}, {Rounds} rounds in {began.Elapsed.TotalSeconds:0} s, {proxy.Decoy.Asked} requests at the decoy\n{tally}\n"
            + string.Join('\n', plan.Met.OrderBy(m => m.Key).Select(m => $"{m.Value,6} {m.Key}"));
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        Assert.True(tally.Wrong.IsEmpty, $"{said}\n{string.Join('\n', tally.Wrong.Take(5))}");
        Assert.Empty(proxy.Decoy.Leaks);
        Assert.Equal(2 * Rounds, tally.All);
        // A client that gave up at once would pass up to here.
        Assert.True(tally.CompleteOfMild() >= 90, said);
        // Chance may leave out one that is rare; without the others it was another test.
        if (Rounds >= 50) Assert.InRange(Possible(door).Except(plan.Met.Keys).Count(), 0, 4);
    }

    private static IEnumerable<FaultKind> Possible(Door door) =>
        new[] { "GET", "PUT", "POST" }.SelectMany(method => FaultPlan.Possible(method, isUpload: true, door == Door.Tokens)).Distinct();

    private static async Task<(IAsyncDisposable Server, string Address)> StartAsync(RegistryKind kind, TemporaryFolder folder)
    {
        if (kind == RegistryKind.Distribution)
        {
            var distribution = await Distribution.StartAsync();
            return (distribution, distribution.Address);
        }
        var embedded = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Store = folder.At("store"), Port = 0 }, default);
        return (embedded, embedded.Address);
    }
}
