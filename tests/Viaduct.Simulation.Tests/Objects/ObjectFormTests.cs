using System.Text;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class ObjectFormTests
{
    private const string Json = """{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "NAME"}, "spec": {"containers": [{"name": "c", "image": "nginx"}]}}""";
    private const string Flow = "{apiVersion: v1, kind: Pod, metadata: {name: NAME}, spec: {containers: [{name: c, image: nginx}]}}";
    private const string Bare = """{"metadata": {"name": "NAME"}, "spec": {"containers": [{"name": "c", "image": "nginx"}]}}""";

    public static TheoryData<string, string> Forms => new()
    {
        // What is read; the names of the pods in it.
        { Json, "NAME" },
        { Flow, "NAME" },
        { $"---\n{Flow}\n---\n---\n# nothing\n---\n{Flow.Replace("NAME", "b")}\n...\n", "NAME b" },
        { $"{Json}\n{Json.Replace("NAME", "b")}", "NAME b" },
        { $"{Json}{Json.Replace("NAME", "b")}", "NAME b" },
        { $"{Json}\n---\n{Json.Replace("NAME", "b")}\n---\n", "NAME b" },
        { $"---\n{Json}\n---\n{Json.Replace("NAME", "b")}", "NAME b" },
        { $"[{Json}, {Json.Replace("NAME", "b")}]", "NAME b" },
        { $$"""{"apiVersion": "v1", "items": [{{Json}}, {{Json.Replace("NAME", "b")}}], "kind": "List"}""", "NAME b" },
        { $$"""{"kind": "PodList", "apiVersion": "v1", "items": [{{Bare}}, {{Bare.Replace("NAME", "b")}}]}""", "NAME b" },
        { $$"""{"items": [{{Bare}}, {{Bare.Replace("NAME", "b")}}], "apiVersion": "v1", "kind": "PodList"}""", "NAME b" },
        { $$"""{"kind": "List", "items": [{"kind": "List", "items": [{{Json}}]}, {"kind": "PodList", "items": [{{Bare.Replace("NAME", "b")}}]}]}""", "NAME b" },
        { $"kind: List\nitems:\n- {Flow}\n- {Flow.Replace("NAME", "b")}\n", "NAME b" },
        { $"\n\n  \t\n{Json}", "NAME" },
        { "kind: Pod\nmetadata: {name: NAME}\nspec:\n  containers:\n  - image: &i nginx\n    name: *i\n", "NAME" },
        { "x: &c [{name: c, image: nginx}]\napiVersion: v1\nkind: Pod\nmetadata: {name: NAME}\nspec: {containers: *c}\n", "NAME" },
        { "x: &s {containers: [{name: c, image: nginx}]}\nkind: Pod\nmetadata: {name: NAME}\nspec: {<<: *s, nodeName: a}\n", "NAME" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Objects_are_read_in_every_form_that_tools_print(string text, string names)
    {
        foreach (var written in new[] { text, text.Replace("\n", "\r\n"), "\uFEFF" + text })
        {
            var objects = await ObjectText.ReadAsync(written);
            Assert.Equal(names.Split(' '), objects.Pods.Select(p => p.Name));
            Assert.All(objects.Pods, p => Assert.Equal("nginx", p.Containers.Single().Image));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_PowerShell_writes_is_UTF_16(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        foreach (var text in new[] { Json, Flow })
            Assert.Single((await ObjectText.ReadAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(text)])).Pods);
    }

    public static TheoryData<string, string, string> Places => new()
    {
        { "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: ö\n    image: nginx\n", "1:1", "7:12" },
        { "# c\n---\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: 'ä', image: nginx}]}\n", "3:1", "5:40" },
        { "{\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"},\n \"spec\": {\"containers\": [{\"name\": \"äö\", \"image\": \"nginx\"}]}}", "1:1", "2:50" },
        { "\n  {\"items\": [\n  {\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"},\n \"spec\": {\"containers\": [{\"name\": \"ä\", \"image\":\n\"nginx\"}]}}]}", "3:3", "5:1" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Objects_and_images_are_told_by_line_and_column(string text, string pod, string image)
    {
        var read = Assert.Single((await ObjectText.ReadAsync(text)).Pods);
        Assert.Equal(($"standard input:{pod}", $"standard input:{image}"), (read.Where, read.Containers.Single().Where));
    }

    [Theory]
    [InlineData("", "VIA6020", "standard input")]
    [InlineData("# nothing\n---\n", "VIA6020", "standard input")]
    [InlineData("replicas: 3\nimage: nginx\n", "VIA6020", "standard input")]
    [InlineData("Error\n", "VIA6021", "standard input:1:1")]
    [InlineData("kind: Pod\nspec: [\n", "VIA2002", "standard input:3:1")]
    [InlineData("kind: Pod\nspec: *nobody\n", "VIA2002", "standard input:2:7")]
    [InlineData("kind: Pod\nspec: &s {a: *s}\n", "VIA2002", "standard input:2:14")]
    [InlineData("kind: Pod\n? {a: b}\n: c\n", "VIA2002", "standard input:2:3")]
    [InlineData("{\"kind\": \"Pod\",\n \"spec\": nothing}", "VIA2002", "standard input:2:10")]
    [InlineData("{\"kind\": \"Pod\"", "VIA2002", "standard input:1:15")]
    [InlineData("{\"kind\": \"\\ud800\"}", "VIA2002", "standard input:1:10")]
    [InlineData("[1, 2]", "VIA6021", "standard input:1:2")]
    public async Task What_is_no_object_at_all_is_an_error_with_its_place(string text, string code, string where)
    {
        var error = await Assert.ThrowsAsync<ViaductException>(() => ObjectText.ReadAsync(text));
        Assert.Equal((code, where), (error.Code, error.Where));
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { string.Concat(Enumerable.Repeat("[", 100_000)), "VIA2003" },
        { "{\"kind\": " + string.Concat(Enumerable.Repeat("[", 100_000)), "VIA2003" },
        { "a: " + string.Concat(Enumerable.Repeat("{b: ", 5_000)), "VIA2003" },
        { "kind: Pod\na0: &a0 [1,1,1,1,1,1,1,1,1,1]\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"a{i}: &a{i} [{string.Join(",", Enumerable.Repeat($"*a{i - 1}", 10))}]\n")), "VIA2003" },
        { "kind: Pod\na: &a [" + string.Concat(Enumerable.Repeat("x,", 100_000)) + "x]\nitems:\n" + string.Concat(Enumerable.Repeat("- *a\n", 1_000)), "VIA6021" },
        { string.Concat(Enumerable.Repeat("{\"kind\": \"List\", \"items\": [", 20)) + string.Concat(Enumerable.Repeat("]}", 20)), "VIA6024" },
        { "{\"kind\": \"" + new string('a', 10 << 20), "VIA2003" },
        { "{\"kind\": \"Pod\"" + string.Concat(Enumerable.Repeat(",\"a\":1", 1_100_000)) + "}", "VIA2003" },
        { "{\"kind\": \"Pod\"" + string.Concat(Enumerable.Repeat(",\"items\":[]", 1_100_000)) + "}", "VIA2003" },
        { "a: &a {x: 1}\nb:\n" + string.Concat(Enumerable.Repeat("  <<: *a\n", 600_000)), "VIA2003" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task What_is_made_to_be_endless_ends(string text, string code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<ViaductException>(() => ObjectText.ReadAsync(text))).Code);

    [Fact]
    public async Task What_is_merged_gives_way_to_what_is_written_and_to_what_was_merged_before()
    {
        var objects = await ObjectText.ReadAsync("kind: Pod\nx: [&a {name: first, namespace: shop}, &b {name: second, namespace: other, uid: u}]\nmetadata:\n  <<: [*a, *b]\n  <<: {namespace: third}\n  name: own\nspec: {containers: [{name: c, image: a}]}\n");
        Assert.Equal(["Pod/shop/own: a"], ObjectText.Shown(objects));
    }

    [Fact]
    public async Task A_Nodes_labels_are_read_in_one_go_however_many_they_are()
    {
        var labels = string.Concat(Enumerable.Range(0, 200_000).Select(i => $"\"l{i}\":\"v\","));
        var objects = await ObjectText.ReadAsync($"{{\"kind\":\"Node\",\"metadata\":{{\"name\":\"n\",\"labels\":{{{labels}\"l0\":\"w\"}}}},\"status\":{{\"nodeInfo\":{{\"operatingSystem\":\"linux\",\"architecture\":\"arm64\"}}}}}}");
        Assert.Equal("w", Assert.Single(objects.Nodes).Labels["l0"]);
    }

    [Theory]
    [InlineData("managedFields")]
    [InlineData("env")]
    public async Task What_nobody_reads_is_passed_over_and_what_follows_keeps_its_place(string name)
    {
        // Longer than a buffer, with lines, brackets in texts and escapes that are no Unicode.
        var list = $"[{string.Concat(Enumerable.Repeat("{\"a\": [\"]}\\ud800\",\n 1, null, {}]}, ", 5_000))}[]]";
        var objects = await ObjectText.ReadAsync($"{{\"kind\":\"Pod\",\"metadata\":{{\"name\":\"p\",\"labels\":{{\"{name}\":\"x\"}},\"{name}\":{list}}},\n \"spec\":{{\"containers\":[{{\"{name}\":[],\"name\":\"c\",\"image\":\"a\"}}]}}}}");
        Assert.Equal(["Pod/default/p: a"], ObjectText.Shown(objects));
        Assert.StartsWith("standard input:5002:", objects.Pods[0].Containers[0].Where);
        Assert.Equal("VIA2002", (await Assert.ThrowsAsync<ViaductException>(() => ObjectText.ReadAsync($"{{\"{name}\": [[1"))).Code);
    }

    [Theory]
    [InlineData("Succeeded", Verdict.Ok)]
    [InlineData("Running", Verdict.Failure)]
    public async Task Remarks_that_are_left_out_weigh_what_they_weigh(string phase, Verdict expected)
    {
        var pods = Enumerable.Range(0, 1_100).Select(i => $"{{\"kind\":\"Pod\",\"metadata\":{{\"name\":\"p{i}\"}},\"spec\":{{\"containers\":[]}},\"status\":{{\"phase\":\"{(i < 1_050 ? "Succeeded" : phase)}\"}}}}\n");
        var objects = await ObjectText.ReadAsync(string.Concat(pods));
        Assert.Equal((expected, "100 more remarks of this kind are left out"), (objects.Remarks[^1].Verdict, objects.Remarks[^1].Text));
    }

    [Fact]
    public async Task Files_of_tools_that_have_no_name_are_nothing_that_the_API_server_refuses()
    {
        var objects = await ObjectText.ReadAsync("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n---\nkind: Secret\n");
        Assert.Equal(["Failure standard input:4:1 Secret default/(no name): metadata.name: Required value: name or generateName is required"], ObjectText.Remarks(objects));
    }
}
