using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>What a build needs of its builder, asked before anything is built.</summary>
internal static class BuildxRequirements
{
    private const string Elsewhere = "Turn on the containerd image store of docker (\"features\": {\"containerd-snapshotter\": true}), or make a builder: docker buildx create --name viaduct --driver docker-container, and builder: buildx:viaduct.";

    /// <exception cref="ViaductException">VIA2174, VIA2175, VIA2178, VIA2179.</exception>
    public static async Task CheckAsync(BuildRequest request, BuildxInstance instance, Func<string, string?> variable, CancellationToken cancellationToken)
    {
        CheckArguments(request);
        if (request.Form.Kind == ManifestKind.Docker && request.Engine.HasAttestations) throw BuildxErrors.NotByForm(request.Name, "provenance and SBOM");
        if (request.Form is { Kind: ManifestKind.Docker, Compressor: Compressor.Zstd }) throw BuildxErrors.NotByForm(request.Name, "layers in zstd");
        if (!instance.HasStore)
        {
            if (request.Engine.HasAttestations) throw BuildxErrors.NotByDriver(request.Name, "provenance or an SBOM is asked for", instance, Elsewhere);
            if (request.Engine.CacheTo.Any(c => c is not ("inline" or "type=inline"))) throw BuildxErrors.NotByDriver(request.Name, "cache is to be exported", instance, Elsewhere);
        }
        foreach (var secret in request.Engine.Secrets.Select(SecretSource.Parse))
            if (secret.Missing(variable) is { } why) throw BuildxErrors.NoSecret(request.Name, secret.Id, why);

        var graph = new StageGraph(DockerfileReader.Read(request.Dockerfile), instance.Seen(request));
        foreach (var (platform, position) in await RunPlatforms.OfAsync(graph, request, cancellationToken).ConfigureAwait(false))
            if (!instance.Runs(platform)) throw BuildxErrors.NoPlatform(position, instance, platform);
    }

    /// <summary>Both go by the environment of one process, in which a name has one value.</summary>
    private static void CheckArguments(BuildRequest request)
    {
        var names = request.Args.Keys.Append("SOURCE_DATE_EPOCH").ToHashSet(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var secret in request.Engine.Secrets.Select(SecretSource.Parse))
            if (secret.Variable is { } variable && names.Contains(variable)) throw BuildxErrors.ArgumentOfSecret(request.Name, variable, secret.Id);
        foreach (var name in request.Args.Keys.Where(ArgumentNames.IsRefused)) throw BuildxErrors.ArgumentOfTools(request.Name, name);
    }
}
