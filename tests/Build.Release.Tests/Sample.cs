using System.Text;
using Viaduct.Metadata;
using Viaduct.Oci;

namespace Build.Release.Tests;

/// <summary>A record of two images, and where it is released.</summary>
internal static class Sample
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    public static async Task<Exception?> TryAsync(StandIn gitHub, JobRecord record, int? pullRequest = 7, string? tag = "v1", IReadOnlyList<MovedBase>? bases = null, InstantClock? clock = null) =>
        await Record.ExceptionAsync(() => RunAsync(gitHub, record, pullRequest, tag, bases, clock));

    public static async Task<string?> RunAsync(
        StandIn gitHub, JobRecord record, int? pullRequest = 7, string? tag = "v1", IReadOnlyList<MovedBase>? bases = null, InstantClock? clock = null)
    {
        var settings = new ReleaseSettings(new Uri(gitHub.Api + "/"), "owner", "name", StandIn.Token, Commit, tag, pullRequest, "https://github.example/run/1");
        return await new Publication(settings, clock ?? new InstantClock(), (_, _) => { }).RunAsync(record, await AssetsAsync(record), bases, TestContext.Current.CancellationToken);
    }

    public static Task<IReadOnlyList<Asset>> AssetsAsync(JobRecord record) =>
        Asset.AllOfAsync(record, MetadataJson.Write(record), (name, _, _) => Task.FromResult<RawManifest?>(ListOf(name.Repository)), TestContext.Current.CancellationToken);

    public static JobRecord Of(string verdict = "ok", string action = "pushed") => new("registry.example/team", [One("pause", verdict, action), One("deep/pause-named", "ok", action)])
    {
        Bases = [new BaseRecord("docker.io/library/alpine:3", DigestOf("old"))],
    };

    public static IReadOnlyList<MovedBase> Moved(string to = "new") => [new(Of().Bases[0], DigestOf(to))];

    public static RawManifest ListOf(string repository) =>
        RawManifest.Parse(Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[],"annotations":{"of":"{{repository}}"} }"""), MediaTypes.OciIndex);

    private static Digest DigestOf(string text) => Digest.Sha256(Encoding.UTF8.GetBytes(text));

    private static ImageRecord One(string name, string verdict, string action)
    {
        var list = ListOf($"team/{name}");
        return new ImageRecord(name,
            [.. new[] { "linux/amd64", "linux/arm64" }.Select(p => new PlatformRecord(p, DigestOf(name + p).ToString(), DigestOf(p + name).ToString(), MediaTypes.OciManifest, 500,
                [$"registry.example/team/{name}-{p[6..]}:1"], "built", "it is new", verdict, []))],
            new ListRecord(list.Digest.ToString(), list.MediaType, list.Bytes.Length, [$"registry.example/team/{name}:1", $"registry.example/team/{name}:latest"], action, "it is new"), null, []);
    }
}
