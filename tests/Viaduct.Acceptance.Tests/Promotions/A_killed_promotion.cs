namespace Viaduct.Acceptance.Tests.Promotions;

/// <summary>Between two real registries, ended by kill -9 at a hundred random moments.</summary>
[Collection(Apart.FromTheEngines)]
public sealed class A_killed_promotion
{
    private const int Kills = 100;
    private const int AtOnce = 4;

    [Fact]
    public async Task Shows_nothing_incomplete_and_the_next_one_completes_it()
    {
        RealParts.NeedDistribution();
        RealParts.NeedTools();
        RealParts.NeedLinux();
        await using var staging = await Distribution.StartAsync();
        await using var production = await Distribution.StartAsync();
        using var looking = new Production(production);
        using var source = new Production(staging);
        using var folder = new TemporaryFolder();
        await PushAsync(folder, staging);
        var wanted = await source.TagsAsync("team");
        Assert.Equal(9, wanted.Count);

        var whole = (await Promotion(0).RunAsync()).MustSucceed();
        var lines = Lines(whole.Error);
        Assert.Equal(wanted, await looking.TagsAsync("prod0"));
        var random = new Random(Seed());
        var moments = Enumerable.Range(1, Kills).Select(i => (Number: i, Line: random.Next(lines + 1), Wait: random.Next(12))).ToList();
        var killed = 0;
        await Parallel.ForEachAsync(moments, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (moment, _) =>
        {
            var run = Promotion(moment.Number);
            if (await KilledAsync(run, moment.Line, moment.Wait)) Interlocked.Increment(ref killed);
            foreach (var (name, digest) in await looking.TagsAsync($"prod{moment.Number}")) Assert.Equal(wanted[name], digest);
            (await run.RunAsync()).MustSucceed();
            Assert.Equal(wanted, await looking.TagsAsync($"prod{moment.Number}"));
            var again = (await run.RunAsync()).MustSucceed();
            Assert.Matches("(?m)^HEAD ", again.Error);
            Assert.DoesNotMatch("(?m)^(PUT|POST|PATCH|DELETE) ", again.Error);
        });
        // A busy machine may let some end before the signal comes.
        Assert.True(killed > Kills / 2, $"only {killed} of {Kills} were ended in the middle");

        PromotionRun Promotion(int number) => new(folder, $"{staging.Address}/team", $"{production.Address}/prod{number}");
    }

    /// <returns>False when it had ended by itself.</returns>
    private static async Task<bool> KilledAsync(PromotionRun run, int line, int wait)
    {
        using var promotion = run.Start();
        while (!promotion.HasEnded && Lines(promotion.Error) < line) await Task.Delay(1);
        await Task.Delay(wait);
        if (promotion.HasEnded) return false;
        promotion.Signal(Native.KillNow);
        return (await promotion.EndAsync()).Exit != 0;
    }

    /// <summary>Two images, one on the other, for three platforms, and something that is about a list.</summary>
    private static async Task PushAsync(TemporaryFolder folder, Distribution registry)
    {
        folder.With("viaduct.yaml", "defaults: {tags: [\"1\"], platforms: [linux/amd64, linux/arm64, linux/s390x]}\n")
            .With("images/app/Dockerfile", "FROM scratch\nCOPY content /app\n").WithNoise("images/app/content", 1)
            .With("images/child/Dockerfile", "FROM app\nCOPY content /child\n").With("images/child/content", "child")
            .With("sbom.json", "{}");
        (await ViaductCli.RunAsync(folder, "push", "--registry", $"{registry.Address}/team", "--metadata", "record.json")).MustSucceed();
        (await RealParts.OrasAsync("attach", "--plain-http", "--disable-path-validation", "--artifact-type", "application/vnd.example.sbom", $"{registry.Address}/team/app:1", folder.At("sbom.json"))).MustSucceed();
    }

    private static int Lines(string text) => text.Count(c => c == '\n');

    private static int Seed() => int.TryParse(Environment.GetEnvironmentVariable("VIADUCT_TEST_SEED"), out var seed) ? seed : Environment.TickCount;

    private sealed record PromotionRun(TemporaryFolder Folder, string Source, string Target)
    {
        private string[] Words => ["promote", Source, Target, "--metadata", "record.json", "--verbose"];

        public Command Start() => ViaductCli.Start(Folder, Home, Words);

        public Task<Outcome> RunAsync() => ViaductCli.RunAsync(Folder, Home, Words);

        private Dictionary<string, string?> Home => new() { ["HOME"] = Folder.At("home"), ["DOCKER_CONFIG"] = null };
    }
}
