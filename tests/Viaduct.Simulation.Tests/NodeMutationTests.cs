using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>Descriptions that somebody has spoilt: nodes or a refusal with its place, never anything else.</summary>
public sealed class NodeMutationTests : IDisposable
{
    private const string Good = """
        - name: worker
          platform: linux/amd64
          kubernetes: 1.35
          count: 2
          labels: {disk: ssd, kubernetes.io/hostname: h}
          taints: ["dedicated=builds:NoSchedule", {key: a, value: b, effect: NoExecute}]
          unschedulable: true
          sandboxImage: registry.k8s.io/pause:3.10
          kubelet:
            rootDir: /var/lib/kubelet
            cwd: /
            home: /root
            cloud: aws
            config: kubelet.yaml
            files: {/a: a.json, /b: {content: "{}"}, /c: {unreadable: true}}
            credentialProviders: providers.yaml
            providerAnswers: {ecr: a.json}
            featureGates: {KubeletEnsureSecretPulledImages: true}
            imagePullCredentialsVerificationPolicy: NeverVerifyAllowlistedImages
            preloadedImagesVerificationAllowlist: [r.io/a, "r.io/*"]
            serializeImagePulls: false
            maxParallelImagePulls: 3
            registryPullQPS: 5
            registryBurst: 10
          images:
            - nginx:1.27
            - {names: [r.io/a:1], id: "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945", pulledWith: secret a/b}
        """;

    private static readonly string[] Odd = ["null", "{}", "[]", "99999999999", "-1", "true", "''", "../../a", "/dev/null", "a: b", "\ud800"];

    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-mutated").FullName;

    public NodeMutationTests()
    {
        File.WriteAllText(Path.Combine(_folder, "a.json"), "{}");
        File.WriteAllText(Path.Combine(_folder, "kubelet.yaml"), "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n");
        File.WriteAllText(Path.Combine(_folder, "providers.yaml"), """
            apiVersion: kubelet.config.k8s.io/v1
            kind: CredentialProviderConfig
            providers:
              - {name: ecr-credential-provider, matchImages: ["*.dkr.ecr.*.amazonaws.com"], defaultCacheDuration: 12h, apiVersion: credentialprovider.kubelet.k8s.io/v1}
            """);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_text_that_is_spoilt_is_a_good_one()
    {
        var setup = NodeText.Read(Good, _folder).Nodes[0].Kubelet!;
        Assert.Equal(("ecr-credential-provider", 3, 2), (setup.Providers!.Providers.Single().Name, setup.Files.Count, setup.Images.Count));
    }

    [Fact]
    public void Whatever_is_done_to_characters_the_text_is_read_or_refused()
    {
        var put = Gen.OneOf(Gen.String[Gen.Char["{}[]:,-'\"&*!|>#%@ \n\t\0\uFEFFaA1~/\\"], 0, 4], Gen.OneOf(Odd.Select(Gen.Const).ToArray()));
        Check(Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Int[0, 20], put).Select((at, cut, text) => Good[..at] + text + Good[Math.Min(Good.Length, at + cut)..]), 6_000);
    }

    [Fact]
    public void Whatever_is_done_to_lines_the_text_is_read_or_refused()
    {
        var lines = Good.Split('\n');
        Check(Gen.Select(Gen.Int[0, lines.Length - 1], Gen.Int[0, lines.Length - 1], Gen.Int[0, 2], Gen.Int[0, 8]).Select((from, to, what, shift) =>
        {
            var changed = lines.ToList();
            if (what == 0) changed.RemoveAt(from);
            else if (what == 1) (changed[from], changed[to]) = (changed[to], changed[from]);
            else changed[from] = new string(' ', shift) + changed[from].TrimStart();
            return string.Join('\n', changed);
        }), 4_000);
    }

    [Fact]
    public async Task Values_of_wrong_kinds_in_Node_objects_are_passed_over()
    {
        string[] wrong = ["null", "7", "true", "\"x\"", "[]", "{}", "[null]", "[7, \"x\", {}]", "{\"a\": {}}", "[{\"names\": 7}]", "[{\"names\": [7, \"A:B:C\", \"\"]}]", "\"\\ud800\"", "[{\"names\": [\"\\ud800\"]}]", "{\"a\": \"\\ud800\"}"];
        string[][] places = [["metadata", "labels"], ["spec"], ["spec", "taints"], ["spec", "unschedulable"], ["status", "images"], ["metadata"], ["status"]];
        foreach (var place in places)
            foreach (var value in wrong)
            {
                var item = NodeObjects.Item("n", "linux/amd64", "containerd://1.7.30", "v1.34.1", "x; y");
                item["spec"] = new JsonObject();
                JsonNode at = item;
                foreach (var name in place[..^1]) at = at[name]!;
                at[place[^1]] = "PUT";
                try
                {
                    Assert.Single((await NodeText.PipeAsync(Encoding.UTF8.GetBytes(NodeObjects.List(item).Replace("\"PUT\"", value, StringComparison.Ordinal)))).Nodes);
                }
                catch (ViaductException e)
                {
                    Assert.Contains(e.Code, new[] { "VIA6015", "VIA6016" });
                }
            }
    }

    private void Check(Gen<string> texts, int count)
    {
        var (read, refused) = (0, 0);
        texts.Sample(text =>
        {
            try
            {
                Assert.NotEmpty(NodeText.Read(text, _folder).Nodes);
                Interlocked.Increment(ref read);
            }
            catch (ViaductException e)
            {
                Assert.StartsWith("VIA", e.Code, StringComparison.Ordinal);
                Interlocked.Increment(ref refused);
            }
        }, iter: count);
        Assert.True(read > count / 50 && refused > count / 50, $"{read} read, {refused} refused");
    }
}
