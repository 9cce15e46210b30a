using System.Text;

namespace Viaduct.Simulation.Tests;

/// <summary>Objects out of texts, as a pipe would bring them.</summary>
internal static class ObjectText
{
    public static Task<ClusterObjects> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text));

    public static async Task<ClusterObjects> ReadAsync(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await ReadAsync(stream);
    }

    public static Task<ClusterObjects> ReadAsync(Stream stream) => ObjectReader.ReadAsync(["-"], stream, TestContext.Current.CancellationToken);

    /// <summary>A pod of one container, whose spec ends with more lines of two spaces each.</summary>
    public static string Pod(string name, params string[] spec) =>
        $"apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name}\nspec:\n  containers:\n  - name: c\n    image: nginx:1.27\n{string.Concat(spec.Select(l => $"  {l}\n"))}";

    /// <summary><c>kind/namespace/name: image image</c>, a pod each.</summary>
    public static string[] Shown(ClusterObjects objects) =>
        [.. objects.Pods.Select(p => $"{p.Kind}/{p.Namespace}/{p.Name}: {string.Join(" ", p.Containers.Select(c => c.Image))}")];

    public static string[] Remarks(ClusterObjects objects) => [.. objects.Remarks.Select(r => $"{r.Verdict} {r.Where} {r.Text}")];
}
