namespace Viaduct.Simulation.Tests;

public sealed class ObjectPlacementTests
{
    [Fact]
    public async Task What_the_scheduler_looks_at_is_read_as_it_is_written()
    {
        var placement = (await ObjectText.ReadAsync(ObjectText.Pod("a",
            "nodeSelector: {disk: ssd, disk: hdd}", "hostNetwork: true", "os: {name: windows}",
            "tolerations: [{operator: Exists}, {key: k, value: v, effect: NoSchedule}]",
            "affinity:", "  nodeAffinity:", "    requiredDuringSchedulingIgnoredDuringExecution:", "      nodeSelectorTerms:",
            "      - matchExpressions: [{key: kubernetes.io/arch, operator: In, values: [arm64, amd64]}, {key: gpu, operator: DoesNotExist}]",
            "        matchFields: [{key: metadata.name, operator: In, values: [n]}]", "      - {}"))).Pods.Single().Placement;
        Assert.Equal(("hdd", true, "windows", false), (placement.NodeSelector["disk"], placement.HostNetwork, placement.Os, placement.IsDaemon));
        Assert.Equal([new Toleration("", "Exists", "", ""), new Toleration("k", "", "v", "NoSchedule")], placement.Tolerations);
        Assert.Equal(["kubernetes.io/arch In arm64,amd64", "gpu DoesNotExist "], placement.Required![0].Labels.Select(r => $"{r.Key} {r.Operator} {string.Join(",", r.Values)}"));
        Assert.Equal("metadata.name", placement.Required[0].Fields.Single().Key);
        Assert.Empty(placement.Required[1].Labels);
        Assert.Empty(placement.Unknowns);
    }

    [Theory]
    [InlineData("required", 0)]
    [InlineData(null, null)]
    public async Task Affinity_without_terms_is_another_thing_than_none(string? affinity, int? terms)
    {
        var spec = affinity is null ? "affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1}]}}"
            : "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}}";
        Assert.Equal(terms, (await ObjectText.ReadAsync(ObjectText.Pod("a", spec))).Pods.Single().Placement.Required?.Count);
    }

    [Theory]
    [InlineData("schedulerName: default-scheduler", null)]
    [InlineData("schedulerName: volcano", "the scheduler 'volcano' decides")]
    [InlineData("runtimeClassName: gvisor", "the RuntimeClass 'gvisor'")]
    [InlineData("schedulingGates: [{name: a}]", "schedulingGates")]
    [InlineData("topologySpreadConstraints: [{maxSkew: 1, whenUnsatisfiable: ScheduleAnyway}]", null)]
    [InlineData("topologySpreadConstraints: [{maxSkew: 1, whenUnsatisfiable: DoNotSchedule}]", "topologySpreadConstraints")]
    [InlineData("affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a}]}}", "podAffinity")]
    [InlineData("affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a}]}}", "podAntiAffinity")]
    [InlineData("affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1}]}}", null)]
    [InlineData("volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]", "volumes")]
    [InlineData("volumes: [{name: v, emptyDir: {}}, {name: w, configMap: {name: c}}]", null)]
    [InlineData("resourceClaims: [{name: gpu}]", "resourceClaims")]
    [InlineData("initContainers: [{name: c, image: a, resources: {limits: {nvidia.com/gpu: 1, cpu: 2}}}]", "nvidia.com/gpu")]
    [InlineData("initContainers: [{name: c, image: a, resources: {requests: {memory: 1Gi, ephemeral-storage: 1Gi, hugepages-2Mi: 2Mi}}}]", "hugepages-2Mi")]
    [InlineData("initContainers: [{name: c, image: a, resources: {requests: {memory: 1Gi, cpu: 100m}}}]", null)]
    public async Task What_decides_besides_is_told_and_not_guessed(string spec, string? expected)
    {
        var unknowns = (await ObjectText.ReadAsync(ObjectText.Pod("a", spec))).Pods.Single().Placement.Unknowns;
        if (expected is null) Assert.Empty(unknowns);
        else Assert.Contains(expected, Assert.Single(unknowns), StringComparison.Ordinal);
        Assert.Empty((await ObjectText.ReadAsync(ObjectText.Pod("a", spec, "nodeName: node"))).Pods.Single().Placement.Unknowns);
    }

    [Fact]
    public async Task Pods_that_a_DaemonSet_made_are_known_by_their_owner()
    {
        var text = ObjectText.Pod("a").Replace("name: a", "name: a\n  ownerReferences: [{kind: DaemonSet, name: d}]", StringComparison.Ordinal);
        Assert.True((await ObjectText.ReadAsync(text)).Pods.Single().Placement.IsDaemon);
    }
}
