namespace Viaduct.Simulation.Tests;

/// <summary>Events and states to the letter.</summary>
public sealed class KubeletWordsTests
{
    private const string Refusal = "failed to pull and unpack image \"r.io/team/app:1\": failed to resolve image: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials";

    [Theory]
    [InlineData("1.28", "Back-off pulling image \"r.io/team/app:1\"")]
    [InlineData("1.30", "Back-off pulling image \"r.io/team/app:1\"")]
    [InlineData("1.32", "Back-off pulling image \"r.io/team/app:1\": ErrImagePull: " + Refusal)]
    [InlineData("1.35", "Back-off pulling image \"r.io/team/app:1\": ErrImagePull: " + Refusal)]
    public async Task A_pull_that_fails_backs_off_and_says_so(string version, string message)
    {
        var outcome = await new KubeletBench { Version = version }.OneAsync("r.io/team/app:1");
        Assert.Equal(new ContainerState("waiting", "ImagePullBackOff", message), outcome.State);
        Assert.Equal(
            [
                "Normal Pulling: Pulling image \"r.io/team/app:1\" x5 0-150",
                $"Warning Failed: Failed to pull image \"r.io/team/app:1\": {Refusal} x5 0-150",
                "Warning Failed: Error: ErrImagePull x5 0-150",
                "Normal BackOff: Back-off pulling image \"r.io/team/app:1\" x26 20-300",
                "Warning Failed: Error: ImagePullBackOff x26 20-300",
            ], outcome.Events.Select(Line));
        Assert.All(outcome.Events, e => Assert.Equal("spec.containers{app}", e.FieldPath));
    }

    [Theory]
    [InlineData("1.26", "Successfully pulled image \"open.io/app\" in <time>", "Created container app", "Started container app")]
    [InlineData("1.28", "Successfully pulled image \"open.io/app\" in <time> (<time> including waiting)", "Created container app", "Started container app")]
    [InlineData("1.30", "Successfully pulled image \"open.io/app\" in <time> (<time> including waiting). Image size: <size> bytes.", "Created container app", "Started container app")]
    [InlineData("1.34", "Successfully pulled image \"open.io/app\" in <time> (<time> including waiting). Image size: <size> bytes.", "Created container: app", "Started container app")]
    [InlineData("1.35", "Successfully pulled image \"open.io/app\" in <time> (<time> including waiting). Image size: <size> bytes.", "Container created", "Container started")]
    public async Task A_pull_that_succeeds_says_so_by_version(string version, params string[] messages)
    {
        var outcome = await new KubeletBench { Version = version }.OneAsync("open.io/app");
        Assert.Equal((Verdict.Ok, new ContainerState("running")), (outcome.Verdict, outcome.State));
        Assert.Equal(["Pulling image \"open.io/app\"", .. messages], outcome.Events.Select(e => e.Message));
    }

    [Theory]
    [InlineData("1.34", "Container image \"nginx\" already present on machine")]
    [InlineData("1.35", "Container image \"nginx\" already present on machine and can be accessed by the pod")]
    public async Task What_is_there_is_said_to_be_there(string version, string message)
    {
        var setup = new KubeletSetup { Images = [new(["docker.io/library/nginx:latest"])] };
        Assert.Equal(message, (await new KubeletBench { Version = version, Setup = setup }.OneAsync("nginx", "IfNotPresent")).Events[0].Message);
    }

    [Fact]
    public async Task What_may_never_be_pulled_and_is_not_there_is_an_error_at_each_look()
    {
        var outcome = await new KubeletBench().OneAsync("r.io/app", "Never");
        Assert.Equal(new ContainerState("waiting", "ErrImageNeverPull", "Container image \"r.io/app\" is not present with pull policy of Never"), outcome.State);
        Assert.Equal(["Warning ErrImageNeverPull: Container image \"r.io/app\" is not present with pull policy of Never x31 0-300", "Warning Failed: Error: ErrImageNeverPull x31 0-300"], outcome.Events.Select(Line));
    }

    [Fact]
    public void A_name_as_long_as_a_file_is_refused_like_any_other() =>
        Assert.Equal("invalid reference format: repository name must be lowercase", ReferenceWords.Of(string.Concat(Enumerable.Repeat("docker.io/", 200_000)) + "X", new(1, 28)));

    [Theory]
    [InlineData("1.35", "busyBOX:latest", "invalid reference format: repository name (library/busyBOX) must be lowercase")]
    [InlineData("1.28", "busyBOX:latest", "invalid reference format: repository name must be lowercase")]
    [InlineData("1.35", "r.io/Team/app", "invalid reference format: repository name (Team/app) must be lowercase")]
    [InlineData("1.35", "UPPER/Case:1", "invalid reference format: repository name (Case) must be lowercase")]
    [InlineData("1.35", "docker.io/docker.io/Team", "invalid reference format: repository name (docker.io/Team) must be lowercase")]
    [InlineData("1.35", "index.docker.io/Team", "invalid reference format: repository name (library/Team) must be lowercase")]
    [InlineData("1.35", "nginx:", "invalid reference format")]
    [InlineData("1.35", "https://r.io/app", "invalid reference format")]
    [InlineData("1.35", "<todo>", "invalid reference format")]
    [InlineData("1.35", "nginx@sha256:invalid", "invalid reference format")]
    [InlineData("1.35", "nginx@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934c", "invalid checksum digest length")]
    [InlineData("1.35", "nginx@md5:e3b0c44298fc1c149afbf4c8996fb924", "unsupported digest algorithm")]
    [InlineData("1.35", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "invalid repository name (e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855), cannot specify 64-byte hexadecimal strings")]
    public async Task A_name_that_is_none_is_an_error_in_the_words_of_its_parser(string version, string image, string why)
    {
        var bench = new KubeletBench { Version = version };
        var outcome = await bench.OneAsync(image);
        var message = $"Failed to apply default image tag \"{image}\": couldn't parse image name \"{image}\": {why}";
        Assert.Equal(new ContainerState("waiting", "InvalidImageName", message), outcome.State);
        Assert.Equal([$"Warning InspectFailed: {message} x31 0-300", "Warning Failed: Error: InvalidImageName x31 0-300"], outcome.Events.Select(Line));
        Assert.Empty(bench.Registries.Asked);
    }

    [Theory]
    [InlineData("1.32", "ImagePullBackOff")]
    [InlineData("1.33", "illegal base64 data at input byte 3")]
    [InlineData("1.35", "illegal base64 data at input byte 3")]
    public async Task A_secret_that_cannot_be_read_ends_all_pulls(string version, string reason)
    {
        var bad = KubeletBench.Secret("shop", "bad", "x") with { Data = new Dictionary<string, byte[]> { [".dockerconfigjson"] = "{\"auths\":{\"else.io\":{\"auth\":\"abc!\"}}}"u8.ToArray() } };
        var bench = new KubeletBench { Version = version, Objects = new() { Secrets = [bad] } };
        var outcome = await bench.OneAsync("open.io/app", null, "bad");
        Assert.Equal((Verdict.Failure, reason), (outcome.Verdict, outcome.State.Reason));
        Assert.Contains(outcome.Events, e => e.Message == (version == "1.32" ? "Error: ErrImagePull" : $"Error: {reason}"));
        Assert.Equal(version == "1.32", outcome.Events.Any(e => e.Message.StartsWith("Failed to pull image", StringComparison.Ordinal)));
        Assert.Empty(bench.Registries.Asked);
    }

    [Theory]
    [InlineData("RegistryUnavailable: no way", "RegistryUnavailable", "image pull failed for x because the registry is unavailable: no way")]
    [InlineData("SignatureValidationFailed: no policy", "SignatureValidationFailed", "image pull failed for x because the signature validation failed: no policy")]
    [InlineData("[RegistryUnavailable: no way, other]", "ErrImagePull", "[RegistryUnavailable: no way, other]")]
    public void Two_errors_of_the_runtime_become_reasons_of_their_own(string error, string reason, string message) => Assert.Equal((reason, message), KubeletWords.PullError("x", error));

    internal static string Line(PodEvent e) => $"{e.Type} {e.Reason}: {e.Message} x{e.Count} {e.At.TotalSeconds:0}-{e.Last.TotalSeconds:0}";
}
