using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>What nodes.yaml says of a kubelet.</summary>
public sealed class NodeKubeletTests : IDisposable
{
    private const string Secret = "hunter2-of-the-registry";

    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-kubelet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_plain_node_has_nothing_that_is_known_of_its_kubelet()
    {
        Assert.Null(NodeText.Read("- linux/amd64").Nodes.Single().Kubelet);
        Assert.Null(NodeText.Read("- {platform: linux/amd64, kubelet: }").Nodes.Single().Kubelet);
        Assert.Equal(KubeletSetup.Default, Kubelet("{}"), KubeletSetup.SameSetup);
    }

    [Fact]
    public void Folders_and_limits_are_what_is_written()
    {
        var setup = Kubelet("{rootDir: /data/kubelet, cwd: /srv, home: /root, cloud: gce, serializeImagePulls: false, maxParallelImagePulls: 4, registryPullQPS: 0, registryBurst: 20}", "1.30");
        Assert.Equal(("/data/kubelet", "/srv", "/root", "gce"), (setup.RootDir, setup.WorkingDirectory, setup.Home, setup.Cloud));
        Assert.Equal((false, 4, 0, 20), (setup.SerializeImagePulls, setup.MaxParallelImagePulls, setup.RegistryPullQps, setup.RegistryBurst));
        Assert.Equal((true, null, 5, 10), (Kubelet("{serializeImagePulls: true}").SerializeImagePulls, KubeletSetup.Default.MaxParallelImagePulls, KubeletSetup.Default.RegistryPullQps, KubeletSetup.Default.RegistryBurst));
    }

    [Fact]
    public void Files_of_the_node_are_written_in_place_beside_or_unreadable()
    {
        File.WriteAllText(Path.Combine(_folder, "config.json"), "\uFEFF{}");
        var files = Kubelet("{files: {/var/lib/kubelet/config.json: config.json, /.dockercfg: {content: '{}'}, /.docker/config.json: {unreadable: true}, 'C:\\k\\config.json': {content: }}}").Files;
        Assert.Equal("\uFEFF{}", files["/var/lib/kubelet/config.json"].Text);
        Assert.Equal("{}", files["/.dockercfg"].Text);
        Assert.Null(files["/.docker/config.json"].Text);
        Assert.Equal("", files[@"C:\k\config.json"].Text);
        Assert.All(files.Values, f => Assert.StartsWith("nodes.yaml:3:", f.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_real_configuration_gives_its_keys_and_those_beside_it_come_first()
    {
        File.WriteAllText(Path.Combine(_folder, "kubelet.yaml"), """
            apiVersion: kubelet.config.k8s.io/v1beta1
            kind: KubeletConfiguration
            clusterDNS: [10.96.0.10]
            featureGates: {KubeletEnsureSecretPulledImages: true, Other: false}
            imagePullCredentialsVerificationPolicy: NeverVerifyAllowlistedImages
            preloadedImagesVerificationAllowlist: [registry.example/base/*]
            serializeImagePulls: false
            maxParallelImagePulls: 3
            registryPullQPS: 7
            staticPodPath: /etc/kubernetes/manifests
            """);
        var setup = Kubelet("{config: kubelet.yaml, registryPullQPS: 8, featureGates: {Other: true}}", "1.34");
        Assert.Equal([("KubeletEnsureSecretPulledImages", true), ("Other", true)], setup.FeatureGates.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Value)));
        Assert.Equal(("NeverVerifyAllowlistedImages", false, 3, 8, 10), (setup.VerificationPolicy, setup.SerializeImagePulls, setup.MaxParallelImagePulls, setup.RegistryPullQps, setup.RegistryBurst));
        Assert.Equal(["registry.example/base/*"], setup.Allowlist);
    }

    [Theory]
    [InlineData("{rotDir: /a}", "VIA2004: nodes.yaml:3:13: there is no key 'rotDir' here\n  Did you mean 'rootDir'?")]
    [InlineData("{rootDir: kubelet}", "VIA6010: nodes.yaml:3:22: 'rootDir' has to be a full path on the node, and is 'kubelet'")]
    [InlineData("{cloud: ibm}", "VIA6010: nodes.yaml:3:20: 'cloud' has to be one of aws, gce, azure, and is 'ibm'")]
    [InlineData("{files: {config.json: {content: a}}}", "VIA6010: nodes.yaml:3:34: 'files' has to be a full path on the node, and is 'config.json'")]
    [InlineData("{files: {/a: {}}}", "VIA6010: nodes.yaml:3:25: 'files' needs either 'content' or 'unreadable: true' for a file")]
    [InlineData("{files: {/a: {content: a, unreadable: true}}}", "VIA6010: nodes.yaml:3:25: 'files' needs either 'content' or 'unreadable: true' for a file")]
    [InlineData("{files: {/a: {content: [a]}}}", "VIA2005: nodes.yaml:3:35: 'content' has to be a text")]
    [InlineData("{files: {/a: [b]}}", "VIA2005: nodes.yaml:3:25: 'a file' has to be the path of a file beside this one, or a mapping")]
    [InlineData("{files: {/a: nowhere.json}}", "VIA6030: nodes.yaml:3:25: the file 'nowhere.json' cannot be taken: it does not exist")]
    [InlineData("{files: {/a: .}}", "VIA6030: nodes.yaml:3:25: the file '.' cannot be taken: the system refuses it")]
    [InlineData("{files: {/a: large.json}}", "VIA6030: nodes.yaml:3:25: the file 'large.json' cannot be taken: it is larger than 1048576 bytes")]
    [InlineData("{files: {/a: \"b\\0c\"}}", "VIA6030: nodes.yaml:3:25: the file 'b?c' cannot be taken: this is no path")]
    [InlineData("{registryPullQPS: -1}", "VIA6010: nodes.yaml:3:30: 'registryPullQPS' has to be a whole number from 0 on")]
    [InlineData("{registryBurst: 1.5}", "VIA6010: nodes.yaml:3:28: 'registryBurst' has to be a whole number from 0 on")]
    [InlineData("{maxParallelImagePulls: 0}", "VIA6010: nodes.yaml:3:36: 'maxParallelImagePulls' has to be a whole number from 1 on")]
    [InlineData("{serializeImagePulls: true, maxParallelImagePulls: 2}", "VIA6032: nodes.yaml:3:12: kubelet would not start: maxParallelImagePulls is larger than 1, which needs 'serializeImagePulls: false'")]
    [InlineData("{featureGates: {A: on}}", "VIA6010: nodes.yaml:3:31: 'A' has to be true or false")]
    [InlineData("{imagePullCredentialsVerificationPolicy: Always}",
        "VIA6010: nodes.yaml:3:53: 'imagePullCredentialsVerificationPolicy' has to be one of NeverVerify, NeverVerifyPreloadedImages, NeverVerifyAllowlistedImages, AlwaysVerify, and is 'Always'")]
    [InlineData("{preloadedImagesVerificationAllowlist: [r.io/a]}",
        "VIA6032: nodes.yaml:3:12: kubelet would not start: preloadedImagesVerificationAllowlist needs 'imagePullCredentialsVerificationPolicy: NeverVerifyAllowlistedImages'")]
    [InlineData("{featureGates: {KubeletEnsureSecretPulledImages: false}, imagePullCredentialsVerificationPolicy: AlwaysVerify}",
        "VIA6032: nodes.yaml:3:12: kubelet would not start: how credentials are verified is set, but not the feature gate KubeletEnsureSecretPulledImages")]
    [InlineData("{config: pod.yaml}", "VIA6031: pod.yaml:2:7: is no configuration of a kubelet: it is v1 Pod")]
    [InlineData("{config: list.yaml}", "VIA6031: nodes.yaml:3:21: is no configuration of a kubelet: it is no mapping")]
    [InlineData("{config: broken.yaml}", "VIA2002: broken.yaml:2:1:")]
    [InlineData("{providerAnswers: {ecrr: a.json}}", "VIA2004: nodes.yaml:3:31: there is no key 'ecrr' here\n  Did you mean 'ecr'?")]
    [InlineData("{providerAnswers: {ecr: }}", "VIA2005: nodes.yaml:3:36: 'ecr' has to be the path of a file")]
    public void What_cannot_be_is_refused_with_its_place(string kubelet, string expected)
    {
        File.WriteAllBytes(Path.Combine(_folder, "large.json"), new byte[(1 << 20) + 1]);
        File.WriteAllText(Path.Combine(_folder, "pod.yaml"), "apiVersion: v1\nkind: Pod\n");
        File.WriteAllText(Path.Combine(_folder, "list.yaml"), "- a\n");
        File.WriteAllText(Path.Combine(_folder, "broken.yaml"), "a: [\n");
        Assert.StartsWith(expected, Assert.Throws<ViaductException>(() => Kubelet(kubelet)).Render(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.34", false)]
    [InlineData("1.35", true)]
    public void Verification_is_there_from_1_35_on(string version, bool starts)
    {
        const string Policy = "{imagePullCredentialsVerificationPolicy: AlwaysVerify}";
        if (starts) Assert.Equal("AlwaysVerify", Kubelet(Policy, version).VerificationPolicy);
        else Assert.Equal("VIA6032", Assert.Throws<ViaductException>(() => Kubelet(Policy, version)).Code);
    }

    [Theory]
    [InlineData("registry.example/a", null)]
    [InlineData("registry.example/*", null)]
    [InlineData("registry.example:5000/*", null)]
    [InlineData("registry.example/a/*", null)]
    [InlineData("busybox", null)]
    [InlineData(" a", "leading/trailing spaces are not allowed")]
    [InlineData("a*", "not a valid wildcard pattern, only patterns ending with '/*' are allowed")]
    [InlineData("*/a/*", "not a valid wildcard pattern, only patterns ending with '/*' are allowed")]
    [InlineData("/*", "at least registry hostname is required")]
    [InlineData("registry.example/a:1", "neither tag nor digest is accepted in an image reference")]
    [InlineData("registry.example/A", "it names no image")]
    public void Entries_of_the_allowlist_have_a_form(string entry, string? fault)
    {
        if (fault is null) Assert.Equal(entry, VerificationAllowlist.Checked(entry, "x"));
        else Assert.EndsWith($"'{entry}' is no entry of preloadedImagesVerificationAllowlist: {fault}", Assert.Throws<ViaductException>(() => VerificationAllowlist.Checked(entry, "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_through_a_pipe_names_its_files_in_full()
    {
        const string Text = "- {platform: linux/amd64, kubelet: {files: {/a: FILE}}}";
        var error = Assert.Throws<ViaductException>(() => NodeText.Read(Text));
        Assert.StartsWith("VIA6030: nodes.yaml:1:49: the file 'FILE' cannot be taken: what is read from a pipe stands in no folder\n  Write the file's full path", error.Render(), StringComparison.Ordinal);

        var file = Path.Combine(_folder, "a.json");
        File.WriteAllText(file, "{}");
        Assert.Equal("{}", NodeText.Read(Text.Replace("FILE", $"'{file}'", StringComparison.Ordinal)).Nodes.Single().Kubelet!.Files["/a"].Text);
    }

    [Fact]
    public async Task Files_are_looked_for_beside_the_file_of_nodes()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.json"), "{}");
        await File.WriteAllTextAsync(Path.Combine(_folder, "nodes.yaml"), "- {platform: linux/amd64, kubelet: {files: {/a: ./a.json}}}");
        var list = await NodeSource.ReadAsync(Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(_folder, "nodes.yaml")), null, default);
        Assert.Equal("{}", list.Nodes.Single().Kubelet!.Files["/a"].Text);
    }

    [Fact]
    public void Static_pods_are_of_every_node_of_their_entry()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "manifests"));
        File.WriteAllText(Path.Combine(_folder, "manifests", "etcd.yaml"), "apiVersion: v1\nkind: Pod\nmetadata: {name: etcd, namespace: kube-system}\nspec: {containers: [{name: etcd, image: 'registry.k8s.io/etcd:3.5'}]}\n");
        foreach (var place in new[] { "manifests", "manifests/etcd.yaml" })
        {
            var nodes = NodeText.Read($"- {{platform: linux/amd64, count: 2, staticPods: {place}}}\n- linux/arm64\n", _folder).Nodes;
            Assert.Equal([("etcd", true), ("etcd", true)], nodes.SelectMany(n => n.StaticPods).Select(p => (p.Name, p.IsStatic)));
            Assert.Same(nodes[0].StaticPods, nodes[1].StaticPods);
        }
        var error = Assert.Throws<ViaductException>(() => NodeText.Read("- {platform: linux/amd64, staticPods: nowhere}", _folder));
        Assert.Equal("VIA6030: nodes.yaml:1:39: the file 'nowhere' cannot be taken: it does not exist", error.Render());
    }

    [Fact]
    public void Nothing_of_a_file_is_shown()
    {
        File.WriteAllText(Path.Combine(_folder, "answer.json"), Secret);
        var setup = Kubelet($"{{files: {{/a: {{content: {Secret}}}}}, providerAnswers: {{ecr: answer.json}}}}");
        Assert.Equal((Secret, Secret), (setup.Files["/a"].Text, setup.InTreeAnswers["ecr"]));
        Assert.DoesNotContain(Secret, $"{setup} {setup.Files["/a"]} {setup.Files} {setup.InTreeAnswers} {new Node("a", Platform.Parse("linux/amd64")) { Kubelet = setup }}", StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(_folder, "secret.yaml"), $"kind: [\n{Secret}: [\n");
        Assert.DoesNotContain(Secret, Assert.Throws<ViaductException>(() => Kubelet("{config: secret.yaml}")).Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_of_one_entry_share_what_is_said_of_them()
    {
        var nodes = NodeText.Read("- {platform: linux/amd64, count: 50000, labels: {a: b}, kubelet: {home: /root}, images: [a:1]}").Nodes;
        Assert.Same(nodes[0].Kubelet, nodes[^1].Kubelet);
        Assert.Single(nodes.Distinct(Node.SameKubelet));
    }

    private KubeletSetup Kubelet(string text, string kubernetes = "1.35") =>
        NodeText.Read($"- platform: linux/amd64\n  kubernetes: {kubernetes}\n  kubelet: {text}\n", _folder).Nodes.Single().Kubelet!;
}
