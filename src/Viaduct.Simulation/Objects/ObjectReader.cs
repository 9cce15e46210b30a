using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Reads Kubernetes objects from YAML streams and JSON: manifests, what helm and kustomize print, what <c>kubectl get … -o json</c> prints.</summary>
public static class ObjectReader
{
    private const int MaxFiles = 10_000;

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <param name="paths">Files, folders (every .yaml, .yml and .json in them), or <c>-</c> for standard input.</param>
    /// <exception cref="ViaductException">VIA2001 to VIA2003, VIA6012, VIA6016, VIA6020 to VIA6024.</exception>
    public static Task<ClusterObjects> ReadAsync(IReadOnlyList<string> paths, Stream? standardInput, CancellationToken cancellationToken) =>
        ReadAsync(paths, standardInput, null, cancellationToken);

    /// <param name="defaultNamespace">Where objects are that name none, as kubectl's <c>--namespace</c>; null for <c>default</c>.</param>
    /// <inheritdoc cref="ReadAsync(IReadOnlyList{string}, Stream?, CancellationToken)"/>
    public static Task<ClusterObjects> ReadAsync(IReadOnlyList<string> paths, Stream? standardInput, string? defaultNamespace, CancellationToken cancellationToken) =>
        // A command before a pipe may take its time, and reading it cannot be cancelled.
        Task.Run(() => Read(paths, standardInput, string.IsNullOrEmpty(defaultNamespace) ? "default" : defaultNamespace, cancellationToken), cancellationToken).WaitAsync(cancellationToken);

    /// <summary>Pods that kubelet makes of the files of its manifest folder, or of one file (<c>staticPodPath</c>).</summary>
    /// <exception cref="ViaductException">VIA2001, VIA6023; what is wrong inside of a file is remarked on, as kubelet goes on with the others.</exception>
    public static Task<ClusterObjects> ReadStaticPodsAsync(string path, CancellationToken cancellationToken) =>
        Task.Run(() => StaticPodFolder.Read(path, cancellationToken), cancellationToken);

    private static ClusterObjects Read(IReadOnlyList<string> paths, Stream? standardInput, string defaultNamespace, CancellationToken cancellationToken)
    {
        var collector = new ObjectCollector(defaultNamespace);
        foreach (var path in paths)
        {
            var shown = path == "-" ? "standard input" : YamlErrors.Shown(path);
            try
            {
                if (path == "-") collector.Add(standardInput ?? throw YamlErrors.Unreadable(shown, "there is none"), shown, cancellationToken);
                else foreach (var file in Files(path)) AddFile(collector, file, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                throw YamlErrors.Unreadable(shown, e);
            }
        }
        return collector.IsEmpty ? throw ObjectErrors.Nothing(paths.Count == 1 ? paths[0] == "-" ? "standard input" : YamlErrors.Shown(paths[0]) : "the input") : collector.ToObjects();
    }

    internal static FileStream Open(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16);

    private static void AddFile(ObjectCollector collector, string file, CancellationToken cancellationToken)
    {
        using var stream = Open(file);
        collector.Add(stream, YamlErrors.Shown(file), cancellationToken);
    }

    /// <summary>As kubectl does it without <c>-R</c>: those of the folder itself, by their names.</summary>
    private static IReadOnlyList<string> Files(string path)
    {
        if (!Directory.Exists(path)) return [path];
        var files = Directory.EnumerateFiles(path).Where(f => Extensions.Contains(Path.GetExtension(f), StringComparer.Ordinal)).Take(MaxFiles + 1).Order(StringComparer.Ordinal).ToList();
        return files.Count switch
        {
            0 => throw ObjectErrors.EmptyFolder(YamlErrors.Shown(path)),
            > MaxFiles => throw ObjectErrors.TooMany(YamlErrors.Shown(path), $"{MaxFiles} files"),
            _ => files,
        };
    }
}
