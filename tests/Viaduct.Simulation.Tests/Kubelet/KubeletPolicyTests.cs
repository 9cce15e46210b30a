namespace Viaduct.Simulation.Tests;

/// <summary>The policy table (image_manager.go, EnsureImageExists; pullmanager, MustAttemptImagePull): policy, what the node has, what the pod has.</summary>
public sealed class KubeletPolicyTests
{
    private const string Image = "r.io/team/app:1";

    // The image on the node: preloaded, pulled anonymously or by the node, or with a secret: the pod's own (shop/regcred), one elsewhere with
    // the same login (other/same), one with another (other/else), or with a ServiceAccount's token. "rotated": the pod's own, with a login that nobody takes now.
    [Theory]
    //          policy          on the node  pod's secret  1.28     1.32     1.34     1.35
    [InlineData("Always",       "absent",    "right",      "pull",  "pull",  "pull",  "pull")]
    [InlineData("Always",       "absent",    "none",       "denied", "denied", "denied", "denied")]
    [InlineData("Always",       "preloaded", "right",      "pull",  "pull",  "pull",  "pull")]
    [InlineData("Always",       "preloaded", "none",       "denied", "denied", "denied", "denied")]
    [InlineData("Always",       "node",      "none",       "denied", "denied", "denied", "denied")]
    [InlineData("Always",       "own",       "right",      "pull",  "pull",  "pull",  "pull")]
    [InlineData("Always",       "own",       "none",       "denied", "denied", "denied", "denied")]
    [InlineData("IfNotPresent", "absent",    "right",      "pull",  "pull",  "pull",  "pull")]
    [InlineData("IfNotPresent", "absent",    "none",       "denied", "denied", "denied", "denied")]
    [InlineData("IfNotPresent", "preloaded", "right",      "use",   "use",   "use",   "use")]
    [InlineData("IfNotPresent", "preloaded", "none",       "use",   "use",   "use",   "use")]
    [InlineData("IfNotPresent", "node",      "right",      "use",   "use",   "use",   "use")]
    [InlineData("IfNotPresent", "node",      "none",       "use",   "use",   "use",   "use")]
    [InlineData("IfNotPresent", "own",       "right",      "use",   "use",   "use",   "use")]
    [InlineData("IfNotPresent", "own",       "rotated",    "use",   "use",   "use",   "use")]
    [InlineData("IfNotPresent", "own",       "none",       "use",   "use",   "use",   "denied")]
    [InlineData("IfNotPresent", "same",      "right",      "use",   "use",   "use",   "use")]
    [InlineData("IfNotPresent", "same",      "rotated",    "use",   "use",   "use",   "denied")]
    [InlineData("IfNotPresent", "else",      "right",      "use",   "use",   "use",   "pull")]
    [InlineData("IfNotPresent", "else",      "none",       "use",   "use",   "use",   "denied")]
    [InlineData("IfNotPresent", "account",   "right",      "use",   "use",   "use",   "pull")]
    [InlineData("IfNotPresent", "account",   "none",       "use",   "use",   "use",   "denied")]
    [InlineData("Never",        "absent",    "right",      "never", "never", "never", "never")]
    [InlineData("Never",        "absent",    "none",       "never", "never", "never", "never")]
    [InlineData("Never",        "preloaded", "none",       "use",   "use",   "use",   "use")]
    [InlineData("Never",        "node",      "none",       "use",   "use",   "use",   "use")]
    [InlineData("Never",        "own",       "right",      "use",   "use",   "use",   "use")]
    [InlineData("Never",        "own",       "none",       "use",   "use",   "use",   "never")]
    [InlineData("Never",        "same",      "right",      "use",   "use",   "use",   "use")]
    [InlineData("Never",        "else",      "right",      "use",   "use",   "use",   "never")]
    [InlineData("Never",        "account",   "none",       "use",   "use",   "use",   "never")]
    public async Task Policy_presence_and_records_decide_by_version(string policy, string onNode, string secret, params string[] byVersion)
    {
        var told = new List<string>();
        foreach (var version in new[] { "1.28", "1.32", "1.34", "1.35" }) told.Add(await DecideAsync(new() { Images = Stored(onNode) }, version, policy, secret));
        Assert.Equal(byVersion, told);
    }

    [Theory]
    //          version gate   verification policy             allowlist            on the node  decision of a pod without credentials
    [InlineData("1.32", true,  null,                           "",                  "own",       "use")]
    [InlineData("1.33", null,  null,                           "",                  "own",       "use")]
    [InlineData("1.33", true,  null,                           "",                  "own",       "denied")]
    [InlineData("1.34", true,  null,                           "",                  "own",       "denied")]
    [InlineData("1.34", null,  "AlwaysVerify",                 "",                  "own",       "use")]
    [InlineData("1.35", false, "AlwaysVerify",                 "",                  "own",       "use")]
    [InlineData("1.35", null,  "NeverVerifyPreloadedImages",   "",                  "preloaded", "use")]
    [InlineData("1.35", null,  "NeverVerifyPreloadedImages",   "",                  "own",       "denied")]
    [InlineData("1.35", null,  "NeverVerify",                  "",                  "own",       "use")]
    [InlineData("1.35", null,  "AlwaysVerify",                 "",                  "preloaded", "denied")]
    [InlineData("1.35", null,  "AlwaysVerify",                 "",                  "node",      "use")]
    [InlineData("1.35", null,  "NeverVerifyAllowlistedImages", "",                  "preloaded", "denied")]
    [InlineData("1.35", null,  "NeverVerifyAllowlistedImages", "",                  "node",      "use")]
    [InlineData("1.35", null,  "NeverVerifyAllowlistedImages", "r.io/team/*",       "preloaded", "use")]
    [InlineData("1.35", null,  "NeverVerifyAllowlistedImages", "r.io/team/*",       "own",       "use")]
    [InlineData("1.35", null,  "NeverVerifyAllowlistedImages", "r.io/other/*",      "own",       "denied")]
    [InlineData("1.35", null,  "NeverVerifyAllowlistedImages", "r.io/team/app",     "own",       "denied")]
    [InlineData("1.36", null,  "NeverVerifyAllowlistedImages", "r.io/team/app",     "own",       "use")]
    public async Task Gate_and_verification_policy_decide_who_may_use_what_is_there(string version, bool? gate, string? policy, string allowlist, string onNode, string decision)
    {
        var setup = new KubeletSetup
        {
            Images = Stored(onNode), VerificationPolicy = policy, Allowlist = allowlist.Length == 0 ? [] : [allowlist],
            FeatureGates = gate is { } on ? new Dictionary<string, bool> { ["KubeletEnsureSecretPulledImages"] = on } : [],
        };
        Assert.Equal(decision, await DecideAsync(setup, version, "IfNotPresent", "none"));
    }

    [Theory]
    // the pod writes, the node has: present?
    [InlineData("nginx:1.27", "docker.io/library/nginx:1.27", true)]
    [InlineData("nginx", "docker.io/library/nginx:latest", true)]
    [InlineData("nginx", "docker.io/library/nginx:1.27", false)]
    [InlineData("docker.io/nginx:1.27", "docker.io/library/nginx:1.27", true)]
    [InlineData("127.0.0.1:5010/x:1", "localhost:5010/x:1", false)]
    [InlineData("nginx:wrong@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "docker.io/library/nginx@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", true)]
    [InlineData("nginx:1.27@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "docker.io/library/nginx:1.27", false)]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "ID", true)]
    public async Task An_image_is_there_under_its_very_name_alone(string written, string stored, bool present)
    {
        const string Id = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        var bench = new KubeletBench { Setup = new() { Images = [new([stored == "ID" ? "r.io/a:1" : stored]) { Id = stored == "ID" ? Id : null }] } };
        var outcome = await bench.OneAsync(written, "Never");
        Assert.Equal((present, present ? Verdict.Ok : Verdict.Failure), (outcome.WasPresent, outcome.Verdict));
        Assert.Empty(bench.Registries.Asked);
    }

    private static List<PresentImage> Stored(string how) => how switch
    {
        "absent" => [],
        "preloaded" => [new([Image])],
        "node" => [new([Image]) { Origin = ImageOrigin.Node }],
        "account" => [new([Image]) { Origin = ImageOrigin.ServiceAccount, PulledWith = "shop/default" }],
        _ => [new([Image]) { Origin = ImageOrigin.Secret, PulledWith = how switch { "own" => "shop/regcred", "same" => "other/same", _ => "other/else" } }],
    };

    private static async Task<string> DecideAsync(KubeletSetup setup, string version, string policy, string secret)
    {
        var bench = new KubeletBench { Version = version, Setup = setup };
        bench.Objects = new()
        {
            Secrets =
            [
                KubeletBench.Secret("shop", "regcred", secret == "rotated" ? "old" : "right"), KubeletBench.Secret("other", "same", "right"), KubeletBench.Secret("other", "else", "right", password: "another"),
            ],
        };
        var outcome = await bench.OneAsync(Image, policy, secret == "none" ? [] : ["regcred"]);
        return outcome switch
        {
            { State.Reason: "ErrImageNeverPull" } => "never",
            { State.Reason: "ImagePullBackOff" } => "denied",
            { Verdict: Verdict.Ok, Trials.Count: > 0 } => "pull",
            { Verdict: Verdict.Ok } => "use",
            _ => $"{outcome.Verdict} {outcome.State}",
        };
    }
}
