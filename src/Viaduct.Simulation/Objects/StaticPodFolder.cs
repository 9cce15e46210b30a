using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Reads a manifest folder by kubelet's rules (pkg/kubelet/config/file_linux.go, common.go): every file of any name but a hidden one, one Pod each.</summary>
internal static class StaticPodFolder
{
    private const int MaxFiles = 1000;

    public static ClusterObjects Read(string path, CancellationToken cancellationToken)
    {
        var pods = new List<Pod>();
        var remarks = new List<ObjectRemark>();
        try
        {
            var files = Files(path);
            if (files.Count > MaxFiles) throw ObjectErrors.TooMany(YamlErrors.Shown(path), $"{MaxFiles} files");
            foreach (var file in files)
                Add(file, pods, remarks, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw YamlErrors.Unreadable(YamlErrors.Shown(path), e);
        }
        return new ClusterObjects { Pods = pods, Remarks = remarks };
    }

    private static IReadOnlyList<string> Files(string path) => !Directory.Exists(path) ? [path]
        : [.. Directory.EnumerateFiles(path).Where(f => !Path.GetFileName(f).StartsWith('.')).Take(MaxFiles + 1).Order(StringComparer.Ordinal)];

    private static void Add(string file, List<Pod> pods, List<ObjectRemark> remarks, CancellationToken cancellationToken)
    {
        var shown = YamlErrors.Shown(file);
        try
        {
            var collector = new ObjectCollector("default");
            using var stream = ObjectReader.Open(file);
            collector.Add(stream, shown, cancellationToken);
            var objects = collector.ToObjects();
            remarks.AddRange(objects.Remarks);
            pods.AddRange(objects.Pods.Where(p => p.Kind == "Pod").Take(1).Select(p => p with { IsStatic = true }));
            if (objects.Pods is not [{ Kind: "Pod" }])
                remarks.Add(new ObjectRemark(Verdict.Warning, shown, "kubelet takes one Pod of a file of its folder, and nothing else"));
        }
        catch (ViaductException e)
        {
            remarks.Add(new ObjectRemark(Verdict.Failure, e.Where ?? shown, $"kubelet passes over this file: {e.Message}"));
        }
    }
}
