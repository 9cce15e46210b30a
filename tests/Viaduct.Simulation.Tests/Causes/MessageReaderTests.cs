namespace Viaduct.Simulation.Tests;

/// <summary>Messages of all parts, in their forms: events, states, logs, what docker prints.</summary>
public sealed class MessageReaderTests
{
    private const string Back = "Back-off pulling image \"r.example/a:1\"";

    [Theory]
    // containerd, selection of the entry
    [InlineData("platform-missing", "Failed to pull image \"r.example/a:1\": rpc error: code = NotFound desc = get image config descriptor: no match for platform in manifest sha256:ab: not found")]
    [InlineData("platform-missing", "Failed to pull image \"r.example/a:1\": rpc error: code = NotFound desc = failed to pull and unpack image \"r.example/a:1\": no match for platform in manifest: not found")]
    [InlineData("exact-platform-only", "rpc error: code = NotFound desc = get image config descriptor: content digest sha256:ab: not found")]
    [InlineData("entry-without-platform", "failed to update image store \"sha256:ab\": get image info from containerd: get image compressed resource size: content digest sha256:cd: not found")]
    // CRI-O, docker and others
    [InlineData("platform-missing", "choosing an image from manifest list docker://r.example/a:1: no image found in image index for architecture \"arm64\", variant \"v8\", OS \"linux\"")]
    [InlineData("platform-missing", "Error response from daemon: no matching manifest for linux/arm64/v8 in the manifest list entries")]
    [InlineData("single-architecture", "WARNING: The requested image's platform (linux/arm64) does not match the detected host platform (linux/amd64/v4) and no specific platform was requested")]
    [InlineData("windows-build", "a Windows version 10.0.26100-based image is incompatible with a 10.0.20348 host")]
    [InlineData("wrong-node", "image operating system \"windows\" cannot be used on this platform")]
    // what starts
    [InlineData("single-architecture", "standard_init_linux.go:228: exec user process caused: exec format error")]
    [InlineData("program-missing", "exec: \"/bin/bash\": stat /bin/bash: executable file not found in $PATH: unknown")]
    [InlineData("program-missing", "failed to create containerd task: unable to start container process: error during container init: exec: \"/app\": stat /app: no such file or directory")]
    [InlineData("not-executable", "unable to start container process: exec: \"/app\": permission denied")]
    [InlineData("program-ends", "Back-off restarting failed container app in pod web_default(0)")]
    // kubelet
    [InlineData("pull-qps", "Failed to pull image \"r.example/a:1\": pull QPS exceeded")]
    [InlineData("absent-on-node", "Container image \"r.example/a:1\" is not present with pull policy of Never")]
    [InlineData("bad-name", "Failed to apply default image tag \"r.example/A:1\": couldn't parse image name \"r.example/A:1\": invalid reference format: repository name (A) must be lowercase")]
    [InlineData("secret-missing", "Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.")]
    [InlineData("bad-secret", "Error: illegal base64 data at input byte 4")]
    [InlineData("bad-secret", "unable to parse auth field, must be formatted as base64(username:password)")]
    [InlineData("sandbox-image", "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image \"registry.k8s.io/pause:3.8\": failed to pull image \"registry.k8s.io/pause:3.8\": dial tcp 1.2.3.4:443: i/o timeout")]
    [InlineData("sandbox-network", "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox \"ab\": plugin type=\"calico\" failed")]
    [InlineData("back-off", Back)]
    [InlineData("back-off", "Error: ImagePullBackOff")]
    [InlineData("back-off", "Error: ErrImagePull")]
    [InlineData("tag-absent", Back + ": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image \"r.example/a:1\": failed to resolve reference \"r.example/a:1\": r.example/a:1: not found")]
    [InlineData("registry-down", "image pull failed for r.example/a:1 because the registry is unavailable: pinging container registry r.example: dial tcp 10.0.0.1:443: connect: connection refused")]
    [InlineData("signature-policy", "image pull failed for r.example/a:1 because the signature validation failed: Source image rejected: A signature was required, but no signature exists")]
    // the way to the registry
    [InlineData("host-wrong", "failed to do request: Head \"https://r.exmple/v2/a/manifests/1\": dial tcp: lookup r.exmple on 10.0.0.2:53: no such host")]
    [InlineData("dns-down", "Head \"https://r.example/v2/a/manifests/1\": dial tcp: lookup r.example on 10.0.0.2:53: read udp 10.0.0.5:4711->10.0.0.2:53: i/o timeout")]
    [InlineData("firewall", "failed to do request: Head \"https://r.example/v2/a/manifests/1\": dial tcp 10.0.0.9:443: i/o timeout")]
    [InlineData("proxy-wrong", "failed to do request: Head \"https://r.example/v2/a/manifests/1\": proxyconnect tcp: dial tcp 10.0.0.3:3128: connect: connection refused")]
    [InlineData("localhost", "failed to do request: Head \"http://localhost:5000/v2/a/manifests/1\": dial tcp [::1]:5000: connect: connection refused")]
    [InlineData("ca-unknown", "tls: failed to verify certificate: x509: certificate signed by unknown authority")]
    [InlineData("certificate-name", "x509: cannot validate certificate for 10.0.0.9 because it doesn't contain any IP SANs")]
    [InlineData("certificate-ended", "x509: certificate has expired or is not yet valid: current time 2026-01-01T00:00:00Z is after 2025-12-31T00:00:00Z")]
    [InlineData("plain-http", "http: server gave HTTP response to HTTPS client")]
    [InlineData("rate-limit", "toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit")]
    [InlineData("registry-fault", "unexpected status from HEAD request to https://r.example/v2/a/manifests/1: 503 Service Unavailable")]
    [InlineData("blobs-elsewhere", "failed to copy: httpReadSeeker: failed open: unexpected status code https://r.example/v2/a/blobs/sha256:ab: 403 Forbidden")]
    // the node
    [InlineData("disk-full", "failed to extract layer sha256:ab: write /var/lib/containerd/tmp: no space left on device: unknown")]
    [InlineData("unpack", "failed to extract layer sha256:ab: mount callback failed on /tmp/x: lchown /etc/gshadow: operation not permitted")]
    [InlineData("blob-damaged", "failed commit on ref \"layer-sha256:ab\": unexpected commit digest sha256:cd, expected sha256:ab: failed precondition")]
    // logins
    [InlineData("token-ended", "Error response from daemon: denied: Your authorization token has expired. Reauthenticate and try again.")]
    [InlineData("no-credential", "Error: image user/privaterepo:v1 not found")]
    [InlineData("no-credential", "Head \"https://012345678901.dkr.ecr.eu-west-1.amazonaws.com/v2/app/manifests/1\": no basic auth credentials")]
    [InlineData("no-credential", "pull access denied for team/app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied")]
    [InlineData("no-rights", "denied: Permission \"artifactregistry.repositories.downloadArtifacts\" denied on resource \"projects/x\" (or it may not exist)")]
    [InlineData("network-refused", "denied: client with IP '192.0.2.7' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.")]
    [InlineData("wrong-password", "failed to authorize: failed to fetch oauth token: unexpected status from POST request to https://r.example/token: 401 Unauthorized")]
    [InlineData("token-field", "failed to authorize: failed to fetch oauth token: authorization server did not include a token in the response")]
    [InlineData("schema1", "rpc error: code = Unimplemented desc = failed to pull and unpack image \"r.example/a:1\": failed to resolve image: not implemented: media type \"application/vnd.docker.distribution.manifest.v1+prettyjws\" is no longer supported since containerd v2.0")]
    [InlineData("digest-absent", "rpc error: code = NotFound desc = failed to pull and unpack image \"r.example/a@sha256:ab\": failed to resolve image: r.example/a@sha256:ab: not found")]
    public void The_most_probable_cause_of_a_message(string cause, string message)
    {
        var read = MessageReader.Read(message);
        Assert.Equal(cause, Assert.Single(read).Causes[0].Cause.Name);
    }

    [Theory]
    [InlineData("Failed to pull image \"r.example:5000/team/a:1\": 403 Forbidden", "r.example:5000/team/a:1", "r.example:5000", null, 403)]
    [InlineData("failed to resolve reference \"docker.io/library/nope:1\": pull access denied", "docker.io/library/nope:1", "docker.io", null, null)]
    [InlineData("pull access denied for team/app, repository does not exist", "team/app", "docker.io", null, null)]
    [InlineData("Error: image user/privaterepo:v1 not found", "user/privaterepo:v1", "docker.io", null, null)]
    [InlineData("pulling from host r.example failed with status code [manifests 1]: 401 Unauthorized", null, "r.example", null, 401)]
    [InlineData("Head \"https://r.example/v2/a/manifests/1\": no such host", null, "r.example", null, null)]
    [InlineData("no matching manifest for linux/arm64/v8 in the manifest list entries", null, null, "linux/arm64/v8", null)]
    [InlineData("no image found in image index for architecture \"arm64\", variant \"v8\", OS \"linux\"", null, null, "linux/arm64/v8", null)]
    [InlineData("choosing an image from manifest list docker://r.example/a:1: no image found in manifest list for architecture \"arm64\", OS \"linux\"", "r.example/a:1", "r.example", "linux/arm64", null)]
    public void The_names_in_a_message_are_found(string message, string? image, string? host, string? platform, int? status)
    {
        var facts = Assert.Single(MessageReader.Read(message)).Facts;
        Assert.Equal((image, host, platform, status), (facts.Image, facts.Host, facts.Platform, facts.Status));
    }

    [Fact]
    public void Of_a_whole_describe_each_image_is_told_once_by_what_says_most()
    {
        var read = MessageReader.Read($"""
            Name:         web
            Containers:
              app:
                State:          Waiting
                  Reason:       ImagePullBackOff
            Events:
              Type     Reason     Age                From               Message
              Normal   Scheduled  60s                default-scheduler  Successfully assigned default/web to node-a
              Normal   Pulling    15s (x3 over 60s)  kubelet            Pulling image "r.example/a:1"
              Warning  Failed     15s (x3 over 60s)  kubelet            Failed to pull image "r.example/a:1": failed to pull and unpack image "r.example/a:1": failed to resolve image: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials
              Warning  Failed     15s (x3 over 60s)  kubelet            Error: ErrImagePull
              Normal   BackOff    1s (x4 over 59s)   kubelet            {Back}
            """);
        Assert.Equal("no-basic-credentials", Assert.Single(read).Symptom.Name);
        Assert.Equal("r.example/a:1", read[0].Facts.Image);
    }

    [Fact]
    public void Quotes_of_logs_are_taken_off_and_each_error_of_several_logins_is_told()
    {
        var read = MessageReader.Read("""
            E0101 00:00:00.000000 1 kuberuntime_image.go:43] "Failed to pull image" err="[failed to pull and unpack image \"r.example/a:1\": failed to resolve image: unexpected status from HEAD request to https://r.example/v2/a/manifests/1: 401 Unauthorized, failed to pull and unpack image \"r.example/a:1\": failed to resolve image: unexpected status from HEAD request to https://r.example/v2/a/manifests/1: 403 Forbidden]" image="r.example/a:1"
            """);
        Assert.Equal(["unauthorized-request", "forbidden"], read.Select(d => d.Symptom.Name));
        Assert.All(read, d => Assert.Equal("r.example/a:1", d.Facts.Image));
    }

    [Fact]
    public void Other_lines_of_a_log_are_not_taken_for_pulls()
    {
        const string log = """
            Warning  Unhealthy  1s  kubelet  Readiness probe failed: Get "http://10.1.2.3:8080/": dial tcp 10.1.2.3:8080: connect: connection refused
            E0101 controller.go:145] Failed to ensure lease exists, will retry: context deadline exceeded
            """;
        Assert.Empty(MessageReader.Read(log));
        Assert.Equal("refused", Assert.Single(MessageReader.Read(log + "\nFailed to pull image \"r.example/a:1\": dial tcp 10.0.0.1:443: connect: connection refused")).Symptom.Name);
    }

    [Fact]
    public void Clouds_have_their_hints() =>
        Assert.Contains("012345678901", Assert.Single(Assert.Single(MessageReader.Read("Head \"https://012345678901.dkr.ecr.eu-west-1.amazonaws.com/v2/app/manifests/1\": no basic auth credentials")).Notes));

    [Theory]
    [InlineData("")]
    [InlineData("Successfully pulled image \"r.example/a:1\" in 1.2s")]
    [InlineData("the quick brown fox")]
    public void What_is_no_failure_is_not_understood(string text) => Assert.Empty(MessageReader.Read(text));
}
