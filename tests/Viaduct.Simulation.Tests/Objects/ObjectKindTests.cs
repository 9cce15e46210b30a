namespace Viaduct.Simulation.Tests;

public sealed class ObjectKindTests
{
    private const string Spec = "{containers: [{name: c, image: nginx}]}";

    public static TheoryData<string, string, string, string?> Kinds => new()
    {
        // apiVersion and kind; what is beside of metadata; the pod; the verdict of what is remarked.
        { "v1 Pod", $"spec: {Spec}", "Pod", null },
        { "v1 PodTemplate", $"template: {{spec: {Spec}}}", "PodTemplate", null },
        { "v1 ReplicationController", $"spec: {{template: {{spec: {Spec}}}}}", "ReplicationController", null },
        { "apps/v1 Deployment", $"spec: {{template: {{spec: {Spec}}}}}", "Deployment", null },
        { "apps/v1 ReplicaSet", $"spec: {{template: {{spec: {Spec}}}}}", "ReplicaSet", null },
        { "apps/v1 StatefulSet", $"spec: {{template: {{spec: {Spec}}}}}", "StatefulSet", null },
        { "apps/v1 DaemonSet", $"spec: {{template: {{spec: {Spec}}}}}", "DaemonSet", null },
        { "extensions/v1beta1 Deployment", $"spec: {{template: {{spec: {Spec}}}}}", "Deployment", null },
        { "batch/v1 Job", $"spec: {{template: {{spec: {Spec}}}}}", "Job", null },
        { "batch/v1 CronJob", $"spec: {{jobTemplate: {{spec: {{template: {{spec: {Spec}}}}}}}}}", "CronJob", null },
        { "argoproj.io/v1alpha1 Rollout", $"spec: {{template: {{spec: {Spec}}}}}", "Rollout", "Warning" },
        { "serving.knative.dev/v1 Service", $"spec: {{template: {{spec: {Spec}}}}}", "Service", "Warning" },
        { "batch.volcano.sh/v1alpha1 Job", $"spec: {{tasks: [{{template: {{spec: {Spec}}}}}]}}", "", "Unknown" },
        { "monitoring.coreos.com/v1 Prometheus", "spec: {image: a, version: v2}", "", null },
        { "example.com/v1 Thing", $"spec: {{podSpec: {Spec}}}", "", "Unknown" },
        { "v1 ConfigMap", "data: {containers: nginx}", "", null },
        { "v1 Service", "spec: {ports: [{port: 80}]}", "", null },
        { "apiextensions.k8s.io/v1 CustomResourceDefinition", "spec: {versions: [{schema: {properties: {containers: {items: {properties: {image: {type: string}}}}}}}]}", "", null },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Of_every_kind_that_makes_pods_the_template_is_read(string kind, string rest, string expected, string? remark)
    {
        var words = kind.Split(' ');
        var objects = await ObjectText.ReadAsync($"apiVersion: {words[0]}\nkind: {words[1]}\nmetadata: {{name: a, namespace: shop}}\n{rest}\n");
        Assert.Equal(expected == "" ? [] : [$"{expected}/shop/a: nginx"], ObjectText.Shown(objects));
        Assert.Equal(remark is null ? [] : [remark], objects.Remarks.Select(r => r.Verdict.ToString()));
        Assert.All(objects.Pods, p => Assert.Equal(words[1] == "DaemonSet", p.Placement.IsDaemon));
    }

    [Fact]
    public async Task Containers_stand_in_the_order_in_which_kubelet_gets_to_them()
    {
        var objects = await ObjectText.ReadAsync("""
            apiVersion: v1
            kind: Pod
            metadata: {generateName: many-}
            spec:
              ephemeralContainers: [{name: debug, image: e}]
              containers:
              - {name: app, image: a, imagePullPolicy: Never, command: [/bin/a], args: [-x]}
              - {name: args, image: b, args: [-y]}
              initContainers:
              - {name: first, image: i}
              - {name: side, image: s, restartPolicy: Always}
              volumes:
              - {name: none, emptyDir: {}}
              - {name: data, image: {reference: v, pullPolicy: Always}}
            """);
        var pod = Assert.Single(objects.Pods);
        Assert.Equal("many-", pod.Name);
        Assert.Equal(
            ["ImageVolume data v Always  ", "Init first i   ", "Sidecar side s   ", "App app a Never /bin/a,-x ", "App args b   -y", "Ephemeral debug e   "],
            pod.Containers.Select(c => $"{c.Role} {c.Name} {c.Image} {c.PullPolicy} {string.Join(",", c.Command ?? [])} {string.Join(",", c.Arguments ?? [])}"));
        Assert.Empty(objects.Remarks);
    }

    [Fact]
    public async Task Secrets_and_accounts_are_named_as_they_are_written()
    {
        var objects = await ObjectText.ReadAsync(ObjectText.Pod("a", "imagePullSecrets: [{name: x}, {name: ''}, {}, {name: w}]", "serviceAccount: old") + "---\n"
            + ObjectText.Pod("b", "serviceAccountName: new", "serviceAccount: old") + "---\n"
            + "kind: ServiceAccount\napiVersion: v1\nmetadata: {name: s, uid: u, annotations: {k: v}}\nimagePullSecrets: [{name: z}]\n");
        Assert.Equal(["x", "w"], objects.Pods[0].ImagePullSecrets);
        Assert.Equal(["old", "new"], objects.Pods.Select(p => p.ServiceAccount));
        var account = Assert.Single(objects.ServiceAccounts);
        Assert.Equal(("default", "s", "u", "v", "z"), (account.Namespace, account.Name, account.Uid, account.Annotations["k"], account.ImagePullSecrets.Single()));
    }

    [Fact]
    public async Task Of_two_objects_of_one_name_the_later_counts()
    {
        var objects = await ObjectText.ReadAsync($"{ObjectText.Pod("a")}---\n{ObjectText.Pod("b")}---\n{ObjectText.Pod("a").Replace("nginx:1.27", "other")}");
        Assert.Equal(["Pod/default/a: other", "Pod/default/b: nginx:1.27"], ObjectText.Shown(objects));
        Assert.Equal(["Warning standard input:19:1 Pod default/a is here twice; this one counts, and not the one at standard input:1:1"], ObjectText.Remarks(objects));
    }

    [Fact]
    public async Task Pods_without_a_name_of_their_own_are_all_kept()
    {
        var pod = ObjectText.Pod("x").Replace("name: x", "generateName: x-");
        Assert.Equal(2, (await ObjectText.ReadAsync($"{pod}---\n{pod}")).Pods.Count);
    }

    [Fact]
    public async Task What_kubectl_lists_and_has_ended_is_left_out()
    {
        var objects = await ObjectText.ReadAsync(ObjectText.Pod("a") + "status: {phase: Succeeded}\n---\n" + ObjectText.Pod("b") + "status: {phase: Running}\n---\n"
            + $"apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {{name: r, ownerReferences: [{{kind: Deployment, name: d}}]}}\nspec: {{replicas: 0, template: {{spec: {Spec}}}}}\n");
        Assert.Equal(["Pod/default/b: nginx:1.27"], ObjectText.Shown(objects));
        Assert.Equal([Verdict.Ok, Verdict.Ok], objects.Remarks.Select(r => r.Verdict));
    }

    [Fact]
    public async Task Nodes_may_stand_among_the_others_also_as_YAML()
    {
        var objects = await ObjectText.ReadAsync("""
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: Node
              metadata: {name: a}
              status: {nodeInfo: {operatingSystem: linux, architecture: arm64, containerRuntimeVersion: "containerd://1.7.30", kubeletVersion: v1.33.5}}
            - {apiVersion: v1, kind: Node, metadata: {name: b}}
            """);
        Assert.Equal(["a linux/arm64 containerd 1.7 1.33"], objects.Nodes.Select(n => $"{n.Name} {n.Platform} {n.Runtime} {n.KubernetesVersion}"));
        Assert.Contains(objects.Remarks, r => r.Text.StartsWith("b: left out", StringComparison.Ordinal));
    }
}
