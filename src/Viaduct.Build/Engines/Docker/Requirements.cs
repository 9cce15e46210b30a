using Viaduct.Build.Dockerfiles;
using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;
using Platform = Viaduct.Oci.Platform;

namespace Viaduct.Build.Engines;

/// <summary>Holds requests to what an engine can do, before the first one is begun.</summary>
internal sealed class Requirements(BuilderName builder, DockerConnection connection, Emulation emulation)
{
    /// <summary>What no engine can do over its plain API.</summary>
    /// <exception cref="ViaductException">VIA2163, VIA2153.</exception>
    public static void CheckOptions(BuilderName builder, BuildRequest request)
    {
        var engine = request.Engine;
        var option = engine.Secrets.Count > 0 ? "secrets" : engine.Ssh.Count > 0 ? "ssh" : engine.CacheTo.Count > 0 ? "cache-to"
            : engine.Provenance is not null ? "provenance" : engine.Sbom ? "sbom" : engine.CacheFrom.FirstOrDefault(c => c.Contains('=')) is { } cache ? "cache-from: " + cache : null;
        if (option is not null) throw DockerBuildErrors.NeedsSession(builder, request.Name, option);
        FinishedImage.RequireForm(request);
    }

    /// <exception cref="ViaductException">VIA2162, VIA2164.</exception>
    public async Task CheckAsync(IReadOnlyList<BuildRequest> requests, CancellationToken cancellationToken)
    {
        if (!connection.HasBuildKit && requests.Any(r => !r.Engine.Classic)) throw DockerBuildErrors.NoBuildKit(builder, connection.Info);
        var all = new List<(Platform Platform, Position Position)>();
        foreach (var request in requests) all.AddRange(await RunsAsync(request, cancellationToken).ConfigureAwait(false));
        var runs = all.DistinctBy(r => r.Platform.Normalized()).Where(r => Emulation.Native(connection.Info.Platform, r.Platform) == false).ToList();
        if (runs.Count == 0 || !await IsHereAsync(cancellationToken).ConfigureAwait(false)) return;
        foreach (var (platform, position) in runs)
            if (emulation.Runs(platform) == false) throw DockerBuildErrors.CannotRun(builder, connection.Info, position, platform);
    }

    /// <summary>A socket of this machine may lead into a virtual machine, as Docker Desktop's does; then the kernels are not the same.</summary>
    private async Task<bool> IsHereAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || !connection.Info.Address.StartsWith("unix:", StringComparison.Ordinal)) return false;
        try
        {
            var engine = (await connection.Client.System.GetVersionAsync(cancellationToken).ConfigureAwait(false)).KernelVersion;
            return engine == (await File.ReadAllTextAsync("/proc/sys/kernel/osrelease", cancellationToken).ConfigureAwait(false)).Trim();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return false;
        }
    }

    private Task<IReadOnlyList<(Platform Platform, Position Position)>> RunsAsync(BuildRequest request, CancellationToken cancellationToken) =>
        RunPlatforms.OfAsync(new StageGraph(DockerfileReader.Read(request.Dockerfile), EngineRequest.Of(request, connection.Info)), request, cancellationToken);
}
