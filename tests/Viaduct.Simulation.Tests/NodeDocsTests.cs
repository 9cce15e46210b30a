using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>docs/nodes.md and the schema that editors use say what the parser and the tables say.</summary>
public sealed partial class NodeDocsTests
{
    private static readonly string Docs = Path.GetFullPath("../../docs", Folder());

    private static JsonElement Schema => JsonDocument.Parse(File.ReadAllText(Path.Combine(Docs, "schema", "nodes.schema.json"))).RootElement;

    private static JsonElement Definition(string name) => Schema.GetProperty("$defs").GetProperty(name);

    [Fact]
    public void Every_example_of_the_page_is_read()
    {
        var examples = Example().Matches(Page()).Select(m => m.Groups["text"].Value).ToList();
        Assert.Equal(5, examples.Count);
        Assert.All(examples, e => Assert.NotEmpty(NodeText.Read(e).Nodes));
        Assert.Equal("containerd 1.7", NodeText.Read(examples[0]).Nodes[2].Runtime.ToString());
        Assert.Equal("edge | linux/arm64 | containerd 2.1 (use_local_image_pull) | 1.34 | True", NodeText.Line(NodeText.Read(examples[1]).Nodes[^1]));
        Assert.All(NodeText.Read(examples[2]).Nodes, n => Assert.Equal(Runtimes.Local, n.Runtime.Mode));
    }

    [Fact]
    public void The_pages_table_of_sets_is_the_one_that_is_simulated()
    {
        var rows = Row().Matches(Page()).ToDictionary(m => (m.Groups["set"].Value, m.Groups["kind"].Value), m => m.Groups["spans"].Value.Replace(@" \*", "*", StringComparison.Ordinal));
        var lines = NodeSets.AllTables.SelectMany(t => t.Value.GroupBy(l => l.Name).Select(g => (Key: (t.Key, g.Key), Spans: string.Join("; ", g.Select(Span)))));

        Assert.Equal(lines.OrderBy(l => l.Key).Select(l => $"{l.Key} {l.Spans}"), rows.OrderBy(r => r.Key).Select(r => $"{r.Key} {r.Value}"));
    }

    [Fact]
    public void The_page_names_every_set()
    {
        Assert.All(NodeSets.All, s => Assert.Contains(s.Versions.Count > 0 ? $"| `{s.Name}:VERSION` |" : $"| `{s.Name}` |", Page(), StringComparison.Ordinal));
        Assert.Contains($"from {NodeSets.All.Max(s => s.Versions.FirstOrDefault())} to {NodeSets.All.Max(s => s.Versions.LastOrDefault())};", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_has_the_parsers_keys()
    {
        Assert.Equal(NodeFile.Keys, Keys(Schema.GetProperty("oneOf")[1]));
        Assert.Equal(NodeFile.SetKeys, Keys(Definition("set")));
        Assert.Equal(NodeEntry.Keys.Order(), Keys(Definition("node")).Order());
        Assert.Equal(ContainerdSwitches.Keys.Order(), Keys(Definition("node").GetProperty("properties").GetProperty("containerd")).Order());
        Assert.Equal(Runtimes.Default.ToString(), Definition("node").GetProperty("properties").GetProperty("runtime").GetProperty("default").GetString());
        Assert.All(NodeEntry.Keys, k => Assert.Contains($"\n| `{k}` |", Page(), StringComparison.Ordinal));
        Assert.Equal(KubeletEntry.Keys.Order(), Keys(Definition("kubelet")).Order());
        Assert.Equal(ImageEntry.Keys.Order(), Keys(Definition("image")).Order());
        Assert.Equal(TaintText.Keys.Order(), Keys(Definition("node").GetProperty("properties").GetProperty("taints").GetProperty("items").GetProperty("oneOf")[1]).Order());
        Assert.All(KubeletEntry.Keys.Concat(ImageEntry.Keys), k => Assert.Contains($"`{k}`", Page(), StringComparison.Ordinal));
        Assert.All(KubeletSettings.Policies, p => Assert.Contains(p, Definition("kubelet").ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void The_parser_takes_every_kind_of_a_kubelets_value_that_the_schema_allows()
    {
        var properties = Definition("kubelet").GetProperty("properties");
        foreach (var key in properties.EnumerateObject().Where(k => k.Value.TryGetProperty("type", out _)))
            foreach (var kind in Kinds(key.Value))
                if (!(kind == "string" && Files.Contains(key.Name)))
                    NodeText.Read($"- {{platform: linux/arm64, kubelet: {{{Needed(key.Name)}{key.Name}: {(key.Name == Allowlist && kind == "string" ? "r.io/a" : Texts[kind])}}}}}");

        static string Needed(string key) => key == Allowlist ? "imagePullCredentialsVerificationPolicy: NeverVerifyAllowlistedImages, " : "";
    }

    private const string Allowlist = "preloadedImagesVerificationAllowlist";

    private static readonly string[] Files = ["credentialProviders", "config"];

    private static readonly Dictionary<string, string> Texts = new() { ["boolean"] = "true", ["object"] = "{}", ["integer"] = "1", ["null"] = "", ["array"] = "[r.io/a]", ["string"] = "/a" };

    [Fact]
    public void The_schemas_patterns_take_what_the_parser_takes()
    {
        var platform = new Regex(Definition("platform").GetProperty("pattern").GetString()!);
        Assert.All(PlainNodes.Words, w => Assert.Matches(platform, w));
        Assert.All(PlainNodes.Words, w => Assert.True(Platform.TryParse(w, out _)));
        Assert.DoesNotMatch(platform, "arm64");
        Assert.DoesNotMatch(platform, "linux/arm/v7/x");

        var set = new Regex(Definition("set").GetProperty("properties").GetProperty("set").GetProperty("pattern").GetString()!);
        foreach (var known in NodeSets.All)
            Assert.All(known.Versions.Select(v => $"{known.Name}:{v}").Append(known.Name), text => Assert.Matches(set, text));
        Assert.DoesNotMatch(set, "all:1.33");
        Assert.DoesNotMatch(set, "ekks");
    }

    [Theory]
    [InlineData("name", "string", "a")]
    [InlineData("platform", "string", "linux/amd64")]
    [InlineData("runtime", "string", "containerd 2.1")]
    [InlineData("kubernetes", "string", "'1.34'")]
    [InlineData("kubernetes", "number", "1.34")]
    [InlineData("runs32bit", "boolean", "true")]
    [InlineData("runs32bit", "null", "")]
    [InlineData("emulates", "array", "[arm64]")]
    [InlineData("emulates", "string", "arm64")]
    [InlineData("count", "integer", "2")]
    [InlineData("containerd", "object", "{}")]
    [InlineData("containerd", "null", "")]
    [InlineData("labels", "object", "{a: b, c: 1, d: true, e: }")]
    [InlineData("labels", "null", "")]
    [InlineData("taints", "array", "['a:NoSchedule', {key: a, value: 1, effect: NoExecute}]")]
    [InlineData("taints", "string", "a:NoSchedule")]
    [InlineData("taints", "null", "")]
    [InlineData("unschedulable", "boolean", "true")]
    [InlineData("unschedulable", "null", "")]
    [InlineData("kubelet", "object", "{}")]
    [InlineData("kubelet", "null", "")]
    [InlineData("sandboxImage", "string", "r.io/pause:1")]
    [InlineData("sandboxImage", "null", "")]
    [InlineData("images", "array", "[a, {name: a}, {names: [a]}]")]
    [InlineData("images", "null", "")]
    [InlineData("staticPods", "null", "")]
    public void The_parser_takes_every_kind_of_value_that_the_schema_allows(string key, string kind, string value)
    {
        Assert.Contains(kind, Kinds(Definition("node").GetProperty("properties").GetProperty(key)));
        NodeText.Read(key == "platform" ? $"- {{platform: {value}}}" : $"- {{platform: linux/arm64, {key}: {value}}}");
    }

    [Fact]
    public void The_parser_takes_every_kind_of_a_switch_that_the_schema_allows()
    {
        var texts = new Dictionary<string, string> { ["boolean"] = "true", ["object"] = "{a: b}", ["integer"] = "3", ["null"] = "" };
        foreach (var key in Definition("node").GetProperty("properties").GetProperty("containerd").GetProperty("properties").EnumerateObject())
            foreach (var kind in Kinds(key.Value))
                NodeText.Read($"- {{platform: linux/arm64, containerd: {{{key.Name}: {texts[kind]}}}}}");
    }

    private static string Span(NodeSetLine line)
    {
        var parts = line.Runtime.Split(' ');
        // The Bottlerocket remark speaks of what comes, not of what was taken.
        return $"{(line.From == line.To ? $"1.{line.From}" : $"1.{line.From}–1.{line.To}")}: {parts[1]}{(parts.Length > 2 ? ", local" : "")}{(line.Remark is null || line.Name == "bottlerocket" ? "" : "*")}";
    }

    private static string[] Kinds(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? Kinds(Definition(reference.GetString()!["#/$defs/".Length..]))
        : schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } several ? [.. several.EnumerateArray().Select(t => t.GetString()!)] : [schema.GetProperty("type").GetString()!];

    private static IEnumerable<string> Keys(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(p => p.Name);

    private static string Page() => File.ReadAllText(Path.Combine(Docs, "nodes.md"));

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("^```yaml\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^\| `(?<set>[a-z0-9-]+)` \| (`(?<kind>[a-z0-9-]+)`)? ?\| (?<spans>1\.[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
