using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Acceptance.Tests.Legs;

/// <summary>A pipeline in small: each leg is a process with a checkout and a HOME of its own, and all push to one real registry.</summary>
[Collection(Apart.FromTheEngines)]
public sealed class Several_machines
{
    private static readonly string[] Platforms = ["linux/amd64", "linux/arm64", "linux/s390x"];

    /// <summary>In which order the legs run, and what becomes of one: whether the list is right afterwards.</summary>
    public static TheoryData<string, string, bool> All() => new()
    {
        { "amd64 arm64 s390x", "", true },
        { "amd64 s390x arm64", "", true },
        { "arm64 amd64 s390x", "", true },
        { "arm64 s390x amd64", "", true },
        { "s390x amd64 arm64", "", true },
        { "s390x arm64 amd64", "", true },
        { "amd64,arm64,s390x", "", true },
        { "amd64 arm64", "", false },
        { "s390x", "", false },
        { "amd64 arm64 s390x arm64", "", true },
        { "arm64 s390x amd64", "killed", true },
        { "amd64 arm64 s390x", "stale", false },
        { "amd64 arm64 s390x s390x", "stale, then again", true },
        { "amd64 arm64 s390x", "base moved before the last", false },
        { "amd64 arm64 s390x", "base moved after all", true },
    };

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_list_is_right_or_the_refusal_is(string order, string how, bool isRight)
    {
        RealParts.NeedDistribution();
        await using var registry = await Distribution.StartAsync();
        using var bases = new TemporaryFolder();
        await BaseAsync(bases, registry, "one");
        using var alone = new TemporaryFolder();
        Checkout(alone, registry);
        (await ViaductCli.RunAsync(alone, Home(alone), "push", "--registry", $"{registry.Address}/alone")).MustSucceed();
        using var joining = new TemporaryFolder();
        Checkout(joining, registry);

        var steps = order.Split(' ');
        for (var i = 0; i < steps.Length; i++)
        {
            var isLast = i == steps.Length - 1;
            if (how == "base moved before the last" && isLast) await BaseAsync(bases, registry, "two");
            var isStale = (how == "stale" && isLast) || (how == "stale, then again" && i == 2);
            await Task.WhenAll(steps[i].Split(',').Select(arch => LegAsync(registry, joining, arch, isStale, how == "killed" && i == 1)));
            // Whoever looks before the end sees nothing of any leg.
            Assert.Empty(await TagsAsync(registry));
        }
        if (how == "base moved after all") await BaseAsync(bases, registry, "two");

        var outcome = await AssembleAsync();
        if (!isRight)
        {
            Assert.Equal(1, outcome.Exit);
            Assert.Matches("^error VIA504[12]: ", outcome.Error);
            Assert.Empty(await TagsAsync(registry));
            return;
        }
        outcome.MustSucceed();
        Assert.Equal(["app-amd64:1", "app-arm64:1", "app-s390x:1", "app:1", "child-amd64:1", "child-arm64:1", "child-s390x:1", "child:1"], await TagsAsync(registry));
        foreach (var image in (string[])["app", "child"]) Assert.Equal(await ListAsync(registry, $"alone/{image}"), await ListAsync(registry, $"team/{image}"));
        var again = (await AssembleAsync("--verbose")).MustSucceed();
        Assert.DoesNotMatch("(?m) (PUT|POST|PATCH|DELETE) ", again.Error);

        Task<Outcome> AssembleAsync(params string[] more) => ViaductCli.RunAsync(joining, Home(joining), ["assemble", "--registry", $"{registry.Address}/team", "--metadata", "legs", .. more]);
    }

    /// <summary>The base lies in the registry, too; what it holds is all that two versions of it differ in.</summary>
    private static async Task BaseAsync(TemporaryFolder folder, Distribution registry, string content)
    {
        folder.With("viaduct.yaml", "{}\n").With("images/base/image.yaml", $"tags: [\"1\"]\nplatforms: [{string.Join(", ", Platforms)}]\n")
            .With("images/base/Dockerfile", "FROM scratch\nCOPY content /base\n").With("images/base/content", content);
        (await ViaductCli.RunAsync(folder, Home(folder), "push", "--move-tag", "--registry", $"{registry.Address}/bases")).MustSucceed();
    }

    private static void Checkout(TemporaryFolder folder, Distribution registry, string content = "of today") => folder
        .With("viaduct.yaml", $"defaults: {{ tags: [\"1\"], platforms: [{string.Join(", ", Platforms)}] }}\n")
        .With("images/app/Dockerfile", $"FROM {registry.Address}/bases/base:1\nCOPY content /app\n").With("images/app/content", content)
        .With("images/child/Dockerfile", "FROM app\nCOPY content /child\n").With("images/child/content", "child");

    private static async Task LegAsync(Distribution registry, TemporaryFolder joining, string architecture, bool isStale, bool isKilled)
    {
        using var machine = new TemporaryFolder();
        Checkout(machine, registry, isStale ? "of yesterday" : "of today");
        string[] words = ["build", "--platform", $"linux/{architecture}", "--push-by-digest", "--registry", $"{registry.Address}/team", "--metadata", "leg.json"];
        if (isKilled)
        {
            using var first = ViaductCli.Start(machine, Home(machine), words);
            await Task.Delay(150);
            if (!first.HasEnded) first.Signal(9);
            await first.EndAsync();
        }
        (await ViaductCli.RunAsync(machine, Home(machine), words)).MustSucceed();
        Directory.CreateDirectory(joining.At("legs"));
        // A job that runs again replaces what it has uploaded.
        File.Copy(machine.At("leg.json"), joining.At($"legs/{architecture}.json"), overwrite: true);
    }

    private static Dictionary<string, string?> Home(TemporaryFolder folder) => new() { ["HOME"] = folder.At("home"), ["DOCKER_CONFIG"] = null };

    private static async Task<string[]> TagsAsync(Distribution registry)
    {
        using var client = new RegistryClient(new RegistryOptions());
        var found = new List<string>();
        foreach (var image in (string[])["app", "child"])
            foreach (var name in (string[])[image, .. Platforms.Select(p => $"{image}-{p.Split('/')[1]}")])
                if (await client.Repository(Reference.Parse($"{registry.Address}/team/{name}:1")).FindManifestAsync("1", default) is not null) found.Add($"{name}:1");
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static async Task<Digest> ListAsync(Distribution registry, string name)
    {
        using var client = new RegistryClient(new RegistryOptions());
        return (await client.Repository(Reference.Parse($"{registry.Address}/{name}:1")).FindManifestAsync("1", default))!.Digest;
    }
}
