using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class NodeLabelTests
{
    [Theory]
    [InlineData("- linux/arm/v7", "beta.kubernetes.io/arch=arm beta.kubernetes.io/os=linux kubernetes.io/arch=arm kubernetes.io/hostname=linux/arm/v7 kubernetes.io/os=linux")]
    [InlineData("- {platform: linux/amd64, name: a, labels: {disk: ssd, gpu: true, empty: }}",
        "beta.kubernetes.io/arch=amd64 beta.kubernetes.io/os=linux disk=ssd empty= gpu=true kubernetes.io/arch=amd64 kubernetes.io/hostname=a kubernetes.io/os=linux")]
    [InlineData("- {platform: linux/amd64, name: a, labels: {kubernetes.io/hostname: b, kubernetes.io/arch: c}}",
        "beta.kubernetes.io/arch=amd64 beta.kubernetes.io/os=linux kubernetes.io/arch=c kubernetes.io/hostname=b kubernetes.io/os=linux")]
    [InlineData("- {platform: windows(10.0.20348)/amd64, name: w}",
        "beta.kubernetes.io/arch=amd64 beta.kubernetes.io/os=windows kubernetes.io/arch=amd64 kubernetes.io/hostname=w kubernetes.io/os=windows node.kubernetes.io/windows-build=10.0.20348")]
    public void Every_node_has_the_labels_that_kubelet_gives_it(string text, string expected)
    {
        var labels = NodeText.Read(text).Nodes.Single().Labels;
        Assert.Equal(expected, string.Join(' ', labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}")));
        Assert.Equal(expected.Split(' ').Length, labels.Count);
        Assert.All(labels.Keys, k => Assert.True(labels.ContainsKey(k) && labels[k] == labels.Single(l => l.Key == k).Value));
        Assert.False(labels.ContainsKey("other"));
        Assert.Throws<KeyNotFoundException>(() => labels["other"]);
    }

    [Fact]
    public void The_hostname_is_the_name_that_the_node_has_in_the_end()
    {
        var nodes = NodeText.Read("- {platform: linux/arm64, name: pi, count: 2, labels: {disk: sd}}").Nodes;
        Assert.Equal(["pi-1", "pi-2"], nodes.Select(n => n.Labels["kubernetes.io/hostname"]));
        var renamed = nodes[0] with { Name = "other", Labels = nodes[0].Labels };
        Assert.Equal(("other", "sd"), (renamed.Labels["kubernetes.io/hostname"], renamed.Labels["disk"]));
    }

    [Theory]
    [InlineData("taints: dedicated=gpu:NoSchedule", "dedicated|gpu|NoSchedule")]
    [InlineData("taints: [dedicated:NoExecute]", "dedicated||NoExecute")]
    [InlineData("taints: ['dedicated=:NoExecute']", "dedicated||NoExecute")]
    [InlineData("taints: ['example.com/a=b:PreferNoSchedule', 'example.com/a=b:NoSchedule']", "example.com/a|b|PreferNoSchedule example.com/a|b|NoSchedule")]
    [InlineData("taints: [{key: a, value: b, effect: NoSchedule}]", "a|b|NoSchedule")]
    [InlineData("taints: [{key: a, effect: NoSchedule}]", "a||NoSchedule")]
    [InlineData("taints: []", "")]
    [InlineData("taints: ", "")]
    public void Taints_are_read_as_kubectl_writes_them(string key, string expected) =>
        Assert.Equal(expected, string.Join(' ', NodeText.Read($"- {{platform: linux/amd64, {key}}}").Nodes.Single().Taints.Select(t => $"{t.Key}|{t.Value}|{t.Effect}")));

    [Theory]
    [InlineData("unschedulable: true", true)]
    [InlineData("unschedulable: false", false)]
    [InlineData("unschedulable: ", false)]
    [InlineData("labels: ", false)]
    public void A_node_may_be_cordoned(string key, bool expected) => Assert.Equal(expected, NodeText.Read($"- {{platform: linux/amd64, {key}}}").Nodes.Single().Unschedulable);

    [Theory]
    [InlineData("taints: [a]", "VIA6010: nodes.yaml:2:12: 'taints' has one without an effect: 'a'")]
    [InlineData("taints: [a=b]", "VIA6010: nodes.yaml:2:12: 'taints' has one without an effect: 'a=b'")]
    [InlineData("taints: [a=b:Never]", "VIA6010: nodes.yaml:2:12: 'taints' has an effect that there is not: 'Never'\n  The effects are NoSchedule, PreferNoSchedule, NoExecute.")]
    [InlineData("taints: ['=b:NoSchedule']", "VIA6010: nodes.yaml:2:12: 'taints' has a key that no taint can have: ''")]
    [InlineData("taints: ['a=b c:NoSchedule']", "VIA6010: nodes.yaml:2:12: 'taints' has a value that no taint can have: 'b c'")]
    [InlineData("taints: [{key: a}]", "VIA6010: nodes.yaml:2:12: 'taints' has an effect that there is not: ''")]
    [InlineData("taints: [{key: a, efect: NoSchedule}]", "VIA2004: nodes.yaml:2:21: there is no key 'efect' here\n  Did you mean 'effect'?")]
    [InlineData("taints: ['a:NoSchedule', 'a=1:NoSchedule']", "VIA6010: nodes.yaml:2:11: 'taints' has two of one key and effect")]
    [InlineData("taints: {a: b}", "VIA2005: nodes.yaml:2:11: 'taints' has to be a list of taints")]
    [InlineData("taints: [[a]]", "VIA2005: nodes.yaml:2:12: 'a taint' has to be a text or a mapping")]
    [InlineData("labels: {-a: b}", "VIA6010: nodes.yaml:2:16: 'labels' has a key that no label can have: '-a'")]
    [InlineData("labels: {A/b: c}", "VIA6010: nodes.yaml:2:17: 'labels' has a key that no label can have: 'A/b'")]
    [InlineData("labels: {/b: c}", "VIA6010: nodes.yaml:2:16: 'labels' has a key that no label can have: '/b'")]
    [InlineData("labels: {a: 'b c'}", "VIA6010: nodes.yaml:2:15: 'labels' has a value that no label can have: 'b c'")]
    [InlineData("labels: {a: [b]}", "VIA2005: nodes.yaml:2:15: 'a' has to be a text")]
    [InlineData("labels: a", "VIA2005: nodes.yaml:2:11: 'labels' has to be a mapping")]
    [InlineData("unschedulable: perhaps", "VIA6010: nodes.yaml:2:18: 'unschedulable' has to be true or false")]
    public void What_the_API_server_would_not_take_is_refused_with_its_place(string key, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<ViaductException>(() => NodeText.Read($"- platform: linux/amd64\n  {key}")).Render(), StringComparison.Ordinal);

    [Theory]
    [InlineData("a", true)]
    [InlineData("a.b/c", true)]
    [InlineData("a_b-c.D", true)]
    [InlineData("example.com/", false)]
    [InlineData("a/b/c", false)]
    [InlineData("a-", false)]
    [InlineData("a.-b/c", false)]
    [InlineData("", false)]
    public void Keys_are_qualified_names(string key, bool expected) => Assert.Equal(expected, LabelText.IsKey(key));

    [Fact]
    public void Names_have_sixty_three_characters_and_prefixes_two_hundred_and_fifty_three()
    {
        Assert.True(LabelText.IsKey($"{new string('a', 253)}/{new string('b', 63)}"));
        Assert.False(LabelText.IsKey($"{new string('a', 254)}/b"));
        Assert.False(LabelText.IsKey(new string('b', 64)));
        Assert.True(LabelText.IsValue(new string('b', 63)));
        Assert.False(LabelText.IsValue(new string('b', 64)));
    }
}
