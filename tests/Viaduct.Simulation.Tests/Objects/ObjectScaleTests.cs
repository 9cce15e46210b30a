namespace Viaduct.Simulation.Tests;

/// <summary>How much is held of a large cluster. How long it takes is told and not asserted.</summary>
public sealed class ObjectScaleTests(ITestOutputHelper output)
{
    private const int Pods = 10_000;

    private static string Filler { get; } = string.Join(",", Enumerable.Range(0, 120).Select(i => $"{{\"lastProbeTime\":null,\"status\":\"True\",\"type\":\"Condition{i}\",\"observedGeneration\":{i}}}"));

    [Fact]
    public async Task A_hundred_MB_of_JSON_are_read_item_by_item()
    {
        using var stream = new Repeated(Pods, "{\"apiVersion\": \"v1\", \"items\": [",
            i => $"{(i == 0 ? "" : ",")}\n{{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{{\"name\":\"p{i}\"}},\"spec\":{{\"containers\":[{{\"name\":\"c\",\"image\":\"r.io/a:{i % 200}\"}}]}},\"status\":{{\"conditions\":[{Filler}]}}}}",
            "], \"kind\": \"List\"}");
        var objects = await MeasureAsync(stream);
        Assert.Equal(Pods, objects.Pods.Count);
        Assert.InRange(stream.Total, 90_000_000, 120_000_000);
        Assert.Equal($"standard input:{Pods + 1}:1", objects.Pods[^1].Where);
    }

    [Fact]
    public async Task Ten_thousand_YAML_documents_are_read_one_by_one()
    {
        using var stream = new Repeated(Pods, "", i => $"---\n{ObjectText.Pod($"p{i}", "imagePullSecrets: [{name: regcred}]", "nodeSelector:", "  kubernetes.io/arch: arm64")}", "");
        Assert.Equal(Pods, (await MeasureAsync(stream)).Pods.Count);
    }

    [Fact]
    public async Task The_items_of_one_long_YAML_list_are_read_one_by_one()
    {
        using var stream = new Repeated(Pods, "apiVersion: v1\nkind: List\nitems:\n",
            i => $"- apiVersion: v1\n  kind: Pod\n  metadata: {{name: p{i}}}\n  spec:\n    containers:\n    - name: c\n      image: nginx\n", "");
        Assert.Equal(Pods, (await MeasureAsync(stream)).Pods.Count);
    }

    private async Task<ClusterObjects> MeasureAsync(Repeated stream)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var objects = await ObjectText.ReadAsync(stream);
        output.WriteLine($"{stream.Total >> 20} MiB in {watch.Elapsed.TotalSeconds:F1} s, at most {stream.LargestRead >> 10} KiB at once");
        Assert.InRange(stream.LargestRead, 1, 1 << 21);
        return objects;
    }
}
