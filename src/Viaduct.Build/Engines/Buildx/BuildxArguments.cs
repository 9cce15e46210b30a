using System.Globalization;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>The words and variables of one <c>docker buildx build</c>.</summary>
internal sealed class BuildxArguments
{
    private readonly List<string> _words = ["build"];
    private readonly Dictionary<string, string> _variables;

    /// <param name="output">Of the exporter, see <see cref="ToArchive"/> and <see cref="ToEngine"/>.</param>
    public BuildxArguments(BuildRequest request, BuildxProgram program, BuildxInstance instance, string output, IReadOnlyDictionary<string, string> environment)
    {
        _variables = environment.ToDictionary();
        // Of no use without it, and with the values of build arguments in it.
        _variables["BUILDX_METADATA_PROVENANCE"] = "disabled";
        Add("--builder", instance.Name).Add("--platform", request.Platform.ToString()).Add("--output", output);
        Add("--progress", program.HasRawProgress ? "rawjson" : "plain");
        if (request.Target is { } target) Add("--target", target);
        if (request.Engine.Network is { } network) Add("--network", network);
        AddArguments(request);
        foreach (var (name, value) in request.Labels.OrderBy(l => l.Key, StringComparer.Ordinal)) Add("--label", $"{name}={value}");
        AddEach("--cache-from", request.Engine.CacheFrom).AddEach("--cache-to", request.Engine.CacheTo);
        AddEach("--secret", request.Engine.Secrets).AddEach("--ssh", request.Engine.Ssh);
        Add("--provenance", request.Engine.Provenance is { } mode ? $"mode={mode}" : "false");
        if (request.Engine.Sbom) Add("--sbom", "true");
    }

    public IReadOnlyList<string> Words => _words;

    /// <summary>Beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Variables => _variables;

    /// <summary>An OCI archive; the annotation is buildx' own work, so that what it signs is what is pushed.</summary>
    /// <param name="force">Packs layers anew that the builder has packed otherwise.</param>
    public static string ToArchive(string file, BuildRequest request, Oci.Digest key, bool force) => string.Join(',', [
        "type=oci", Quoted("dest", file), "rewrite-timestamp=true", $"annotation.{Oci.Annotations.InputKey}={key}",
        $"compression={(request.Form.Compressor == Compressor.Zstd ? "zstd" : "gzip")}", .. force ? (string[])["force-compression=true"] : [],
        $"oci-mediatypes={(request.Form.Kind == ManifestKind.Docker ? "false" : "true")}",
        // Statements about an image without a name have no subject (BuildKit exporter/containerimage/writer.go); where it goes to is not known here.
        .. request.Engine.Provenance is not null || request.Engine.Sbom ? (string[])[$"name=localhost/{request.Name}"] : []]);

    /// <summary>Into the engine, for those that can give nothing else.</summary>
    public static string ToEngine(string name) => $"type=docker,name={name}";

    public BuildxArguments Add(string option, string value)
    {
        // One word: a value that begins with a dash is no option.
        _words.Add($"{option}={value}");
        return this;
    }

    /// <param name="context">A folder, or <c>-</c> when it comes by standard input.</param>
    public BuildxArguments End(string context)
    {
        _words.Add(context);
        return this;
    }

    private BuildxArguments AddEach(string option, IEnumerable<string> values)
    {
        foreach (var value in values) Add(option, value);
        return this;
    }

    /// <summary>By variable, because every user of the machine can read a command line.</summary>
    private void AddArguments(BuildRequest request)
    {
        var arguments = request.Args.ToDictionary();
        arguments.TryAdd("SOURCE_DATE_EPOCH", request.Epoch.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in arguments.OrderBy(a => a.Key, StringComparer.Ordinal))
            if (ArgumentNames.CanBeVariable(name))
            {
                Add("--build-arg", name);
                _variables[name] = value;
            }
            else
            {
                Add("--build-arg", $"{name}={value}");
            }
    }

    /// <summary>A field of Go's encoding/csv.</summary>
    private static string Quoted(string name, string value) => value.AsSpan().IndexOfAny(",\"\n") < 0 ? $"{name}={value}" : $"\"{name}={value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
