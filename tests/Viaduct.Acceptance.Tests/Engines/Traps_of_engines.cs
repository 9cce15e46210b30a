using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Viaduct.Acceptance.Tests.Engines;

/// <summary>
/// What engines and their client do that Viaduct has to go around. A test that fails here is good news: the engine that it names was mended, and
/// what goes around it may go. Seen with docker 20.10.24 (old), 28.5.2 with overlay2 (graph) and with containerd's store (store), and Docker.DotNet.Enhanced 4.3.3.
/// </summary>
public sealed class Traps_of_engines
{
    private const string Client = "Docker.DotNet.Enhanced 4.3.3";

    public static TheoryData<string, string> Engines => new() { { "old", "20.10.24" }, { "graph", "28.5.2" }, { "store", "28.5.2" } };

    [Theory]
    [InlineData("old", "20.10.24", "wanted linux/arm64, actual: linux/amd64")]
    [InlineData("graph", "28.5.2", "its platform (linux/amd64) does not match the specified platform (linux/arm64)")]
    [InlineData("store", "28.5.2", "does not provide the specified platform (linux/arm64)")]
    public async Task The_classic_builder_fails_for_a_foreign_platform_when_anything_stands_between_FROM_scratch_and_COPY(string engine, string seen, string words)
    {
        using var api = new PlainApi(Engine.Of(engine));
        foreach (var before in (string[])["ARG A", "LABEL a=b", "ENV a=b"])
        {
            var answer = await api.BuildAsync(classic: true, PlainApi.Context($"FROM scratch\n{before}\nCOPY a /a\n"), "&platform=linux/arm64");
            Assert.True(answer.Error?.Contains(words, StringComparison.Ordinal), await api.MendedAsync(seen, $"{before}: {answer.Error ?? "it was built"}"));
            // BuildKit is right.
            Assert.Null((await api.BuildAsync(classic: false, PlainApi.Context($"FROM scratch\n{before}\nCOPY a /a\n"), "&platform=linux/arm64")).Error);
        }
    }

    // Of 20.10 it is told that it labels everything with its own processor. With a COPY first it does not any more.
    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_classic_builder_labels_an_image_without_files_with_its_own_processor(string engine, string seen)
    {
        using var api = new PlainApi(Engine.Of(engine));
        Assert.Equal("linux/amd64", await LabelledAsync(api, classic: true, "FROM scratch\nLABEL a=b\n", seen));
        Assert.Equal("linux/arm64", await LabelledAsync(api, classic: true, "FROM scratch\nCOPY a /a\nLABEL a=b\n", seen));
        Assert.Equal("linux/arm64", await LabelledAsync(api, classic: false, "FROM scratch\nLABEL a=b\n", seen));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task BuildKit_takes_the_headers_of_a_PAX_context_for_the_Dockerfile(string engine, string seen)
    {
        using var api = new PlainApi(Engine.Of(engine));
        var context = PlainApi.Context("FROM scratch\nCOPY a /a\n", TarEntryFormat.Pax);
        var error = (await api.BuildAsync(classic: false, context)).Error;
        Assert.True(error?.Contains("unknown instruction: ./PaxHeaders.", StringComparison.OrdinalIgnoreCase), await api.MendedAsync(seen, error ?? "it was built"));
        // The classic builder can read it, and BuildKit the same as GNU tar.
        Assert.Null((await api.BuildAsync(classic: true, context)).Error);
        Assert.Null((await api.BuildAsync(classic: false, PlainApi.Context("FROM scratch\nCOPY a /a\n"))).Error);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_build_that_fails_is_answered_with_200(string engine, string seen)
    {
        using var api = new PlainApi(Engine.Of(engine));
        foreach (var classic in (bool[])[true, false])
        {
            var answer = await api.BuildAsync(classic, PlainApi.Context("FROM scratch\nCOPY nowhere /\n"));
            Assert.Contains("nowhere", answer.Error);
            Assert.True(answer.Status == 200, await api.MendedAsync(seen, $"{answer.Status}"));
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_client_does_not_throw_for_a_build_that_fails_and_its_progress_cannot_read_BuildKits_trace(string engine, string seen)
    {
        Engine.Of(engine).Need();
        using var client = new DockerClientBuilder().WithEndpoint(new Uri(Engine.Of(engine).Address!)).Build();
        var parameters = new ImageBuildParameters { Version = "2", NoCache = true };
#pragma warning disable CS0618 // That is the one which works.
        using (var answer = await client.Images.BuildImageFromDockerfileAsync(new MemoryStream(PlainApi.Context("FROM scratch\nCOPY nowhere /\n")), parameters, TestContext.Current.CancellationToken))
#pragma warning restore CS0618
            Assert.Contains("errorDetail", await new StreamReader(answer, Encoding.UTF8).ReadToEndAsync(TestContext.Current.CancellationToken));
        var thrown = await Record.ExceptionAsync(() => client.Images.BuildImageFromDockerfileAsync(
            parameters, new MemoryStream(PlainApi.Context("FROM scratch\nCOPY a /a\n")), [], new Dictionary<string, string>(), new Progress<JSONMessage>(), TestContext.Current.CancellationToken));
        Assert.True(thrown is JsonException, $"seen with {Client} and docker {seen}; now it is {thrown?.ToString() ?? "read"}");
    }

    [Fact]
    public void The_client_takes_no_credentials_for_questions_that_the_engine_asks_a_registry() =>
        Assert.DoesNotContain(typeof(IDistributionOperations).GetMethods().SelectMany(m => m.GetParameters()), p => p.ParameterType == typeof(AuthConfig));

    [Theory]
    [InlineData("old", "20.10.24", true)]
    [InlineData("graph", "28.5.2", true)]
    [InlineData("store", "28.5.2", false)]
    public async Task A_push_out_of_containerds_store_tells_no_digest_but_in_prose(string engine, string seen, bool tells)
    {
        RealParts.NeedDistribution();
        using var api = new PlainApi(Engine.Of(engine));
        await using var registry = await Distribution.StartAsync();
        var repository = $"{registry.Address}/trap";
        try
        {
            Assert.Null((await api.BuildAsync(classic: false, PlainApi.Context("FROM scratch\nCOPY a /a\n"), $"&t={repository}:1")).Error);
            var pushed = await api.PushAsync(repository, "1", "e30=");
            Assert.Null(pushed.Error);
            Assert.True(pushed.Lines.Any(l => l.TryGetProperty("aux", out var aux) && aux.TryGetProperty("Digest", out _)) == tells, await api.MendedAsync(seen, pushed.Text));
            Assert.Contains(pushed.Lines, l => l.TryGetProperty("status", out var status) && status.GetString()!.StartsWith("1: digest: sha256:", StringComparison.Ordinal));
        }
        finally
        {
            await api.RemoveAsync($"{repository}:1");
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task BuildKit_shows_no_registry_the_credentials_that_it_is_given_without_a_session(string engine, string seen)
    {
        RealParts.NeedDistribution();
        using var api = new PlainApi(Engine.Of(engine));
        await using var registry = await Distribution.StartAsync(PrivateRegistry.Line);
        var (name, credential) = ($"{registry.Address}/private", PrivateRegistry.AuthConfig(registry.Address));
        try
        {
            Assert.Null((await api.BuildAsync(classic: false, PlainApi.Context($"FROM scratch\nLABEL a={Guid.NewGuid()}\nCOPY a /a\n"), $"&t={name}:1")).Error);
            Assert.Null((await api.PushAsync(name, "1", Convert.ToBase64String(Encoding.UTF8.GetBytes(credential)))).Error);
            await api.RemoveAsync($"{name}:1");
            var config = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"{registry.Address}\":{credential}}}"));
            var onIt = PlainApi.Context($"FROM {name}:1\nLABEL b=c\n");
            var error = (await api.BuildAsync(classic: false, onIt, registryConfig: config)).Error;
            Assert.True(error?.Contains("no active sessions", StringComparison.Ordinal), await api.MendedAsync(seen, error ?? "it was pulled"));
            // The classic builder does.
            Assert.Contains("no basic auth credentials", (await api.BuildAsync(classic: true, onIt)).Error);
            Assert.Null((await api.BuildAsync(classic: true, onIt, registryConfig: config)).Error);
        }
        finally
        {
            await api.RemoveAsync($"{name}:1");
        }
    }

    private static async Task<string> LabelledAsync(PlainApi api, bool classic, string dockerfile, string seen)
    {
        var name = $"viaduct-trap:{Guid.NewGuid():N}";
        try
        {
            var answer = await api.BuildAsync(classic, PlainApi.Context(dockerfile), $"&platform=linux/arm64&t={name}");
            Assert.True(answer.Error is null, await api.MendedAsync(seen, answer.Error ?? ""));
            return await api.PlatformOfAsync(name);
        }
        finally
        {
            await api.RemoveAsync(name);
        }
    }
}
