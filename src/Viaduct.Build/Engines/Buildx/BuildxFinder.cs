using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>Finds buildx and the builder that a name means, and asks what it can do.</summary>
internal sealed class BuildxFinder(BuilderName name, Func<string, string?> variable)
{
    private static readonly string[] Passed = ["DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY", "BUILDX_BUILDER", "BUILDX_CONFIG"];

    /// <summary>What docker's programs read: the same as Viaduct does.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; } =
        Passed.Select(n => (Name: n, Value: variable(n))).Where(v => v.Value is not null).ToDictionary(v => v.Name, v => v.Value!);

    /// <returns>The engine of the driver docker too; null for other drivers.</returns>
    /// <exception cref="ViaductException">VIA2170 to VIA2173, VIA2193 for docker's own files.</exception>
    /// <exception cref="EngineSilence">The engine behind the driver docker does not answer.</exception>
    public async Task<(BuildxProgram Program, BuildxInstance Instance, DockerConnection? Engine)> FindAsync(CancellationToken cancellationToken)
    {
        var program = await BuildxProgram.FindAsync(variable, cancellationToken).ConfigureAwait(false);
        var buildx = new Tool(program.Words) { Environment = Environment };
        // Started now rather than by the first build: what it can run is known only then.
        var result = await buildx.RunAsync(["inspect", "--bootstrap", .. name.Instance is { } wanted ? (string[])[wanted] : []], cancellationToken).ConfigureAwait(false);
        var (instance, error) = InspectOutput.Read(result.Output);
        if (result.Exit != 0) throw await FailureAsync(buildx, result.Words, cancellationToken).ConfigureAwait(false);
        if (error is not null) throw BuildxErrors.NotRunning(instance.Name, error);
        if (instance.Driver.Length == 0) throw BuildxErrors.NotRunning(name.ToString(), "'docker buildx inspect' names no driver");
        if (!instance.IsDocker) return (program, instance, null);
        // The driver docker is in the engine of a context, whose name is its endpoint.
        var engine = await new DockerConnector(variable).ConnectAsync(null, instance.Endpoint.Length > 0 ? instance.Endpoint : null, cancellationToken).ConfigureAwait(false);
        return (program, instance with { HasStore = engine.Info.HasContainerdStore }, engine);
    }

    private async Task<ViaductException> FailureAsync(Tool buildx, string words, CancellationToken cancellationToken)
    {
        if (name.Instance is not { } wanted || !words.Contains("no builder", StringComparison.Ordinal)) return BuildxErrors.NotRunning(name.Instance ?? name.ToString(), words);
        var list = await buildx.RunAsync(["ls"], cancellationToken).ConfigureAwait(false);
        // Nodes are set in below their builder; the first line is the heading.
        var known = list.Output.Split('\n').Skip(1).Where(l => l.Length > 0 && l[0] is not (' ' or '\\')).Select(l => l.Split(' ')[0].TrimEnd('*')).ToList();
        return BuildxErrors.NoBuilder(wanted, known, Nearest.To(wanted, known));
    }
}
