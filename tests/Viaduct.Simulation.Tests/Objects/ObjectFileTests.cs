using System.Text;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class ObjectFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-objects-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public async Task Of_a_folder_its_own_YAML_and_JSON_files_are_read_by_their_names()
    {
        Write("b.yaml", ObjectText.Pod("b"));
        Write("a.yml", ObjectText.Pod("a"));
        Write("c.json", """{"kind": "Pod", "metadata": {"name": "c"}, "spec": {"containers": [{"image": "x"}]}}""");
        Write("values.yaml", "image: nginx\n");
        Write("README.md", "# no");
        Write("deeper/d.yaml", ObjectText.Pod("d"));
        var objects = await ObjectReader.ReadAsync([_folder], null, Token);
        Assert.Equal(["a", "b", "c"], objects.Pods.Select(p => p.Name));
        Assert.Equal(("Ok", "no object of Kubernetes: it has no kind"), (objects.Remarks.Single().Verdict.ToString(), objects.Remarks.Single().Text));
    }

    [Fact]
    public async Task Several_paths_are_one_cluster()
    {
        var objects = await ObjectReader.ReadAsync([Write("a", ObjectText.Pod("a")), "-"], new MemoryStream(Encoding.UTF8.GetBytes(ObjectText.Pod("a"))), "shop", Token);
        Assert.Equal(["Pod/shop/a: nginx:1.27"], ObjectText.Shown(objects));
        Assert.Equal("standard input:1:1", Assert.Single(objects.Pods).Where);
    }

    [Fact]
    public async Task What_cannot_be_read_is_an_error()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        foreach (var (path, code) in new[] { ("nothing.yaml", "VIA2001"), ("empty", "VIA6022"), ("\0", "VIA2001") })
            Assert.Equal(code, (await Assert.ThrowsAsync<ViaductException>(() => ObjectReader.ReadAsync([path == "\0" ? path : Path.Combine(_folder, path)], null, Token))).Code);
        Assert.Equal("VIA2001", (await Assert.ThrowsAsync<ViaductException>(() => ObjectReader.ReadAsync(["-"], null, Token))).Code);
    }

    [Fact]
    public async Task A_manifest_folder_is_read_as_kubelet_reads_it()
    {
        Write("etcd.manifest", ObjectText.Pod("etcd"));
        Write("api.yaml", ObjectText.Pod("api") + "---\n" + ObjectText.Pod("second"));
        Write(".hidden.yaml", ObjectText.Pod("hidden"));
        Write("broken.yaml", "kind: [");
        Write("deployment.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {spec: {containers: [{name: c, image: a}]}}}\n");
        Write("deeper/d.yaml", ObjectText.Pod("d"));
        var objects = await ObjectReader.ReadStaticPodsAsync(_folder, Token);
        Assert.Equal([("api", true), ("etcd", true)], objects.Pods.Select(p => (p.Name, p.IsStatic)));
        Assert.Equal(["api.yaml Warning", "broken.yaml Failure", "deployment.yaml Warning"],
            objects.Remarks.Select(r => $"{Path.GetFileName(r.Where.Split(':')[0])} {r.Verdict}"));
        Assert.Equal("VIA2001", (await Assert.ThrowsAsync<ViaductException>(() => ObjectReader.ReadStaticPodsAsync(Path.Combine(_folder, "no"), Token))).Code);
    }

    [Fact]
    public async Task A_manifest_folder_of_more_files_than_are_read_is_an_error()
    {
        for (var i = 0; i <= 1_000; i++) Write($"p{i}", "");
        Assert.Equal("VIA6023", (await Assert.ThrowsAsync<ViaductException>(() => ObjectReader.ReadStaticPodsAsync(_folder, Token))).Code);
    }

    [Fact]
    public async Task Of_a_node_in_two_files_the_later_counts()
    {
        foreach (var (file, os) in new[] { ("a.yaml", "linux"), ("b.yaml", "windows") })
            Write(file, $"apiVersion: v1\nkind: Node\nmetadata: {{name: node-a}}\nstatus: {{nodeInfo: {{operatingSystem: {os}, architecture: amd64}}}}\n");
        var objects = await ObjectReader.ReadAsync([_folder], null, Token);
        Assert.Equal("windows", Assert.Single(objects.Nodes).Platform.Os);
        Assert.Contains(objects.Remarks, r => r.Verdict == Verdict.Warning && r.Text.Contains("Node node-a is here again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mirror_pods_are_known_by_their_mark()
    {
        var text = ObjectText.Pod("a").Replace("name: a", "name: a\n  annotations: {kubernetes.io/config.source: file}", StringComparison.Ordinal);
        Assert.True((await ObjectText.ReadAsync(text)).Pods.Single().IsStatic);
    }

    [Fact]
    public async Task Waiting_for_standard_input_can_be_given_up()
    {
        using var end = new CancellationTokenSource();
        var reading = ObjectReader.ReadAsync(["-"], new EndlessStream(), end.Token);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    /// <summary>Gives nothing, and does not end.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            Thread.Sleep(Timeout.Infinite);
            return 0;
        }
    }
}
