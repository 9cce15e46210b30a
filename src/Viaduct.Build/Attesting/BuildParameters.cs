using System.Text;
using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build.Attesting;

/// <summary>What was asked of a build, as provenance says it (SLSA v1, <c>externalParameters</c>). It holds no path of this machine, and no argument that sounds like a secret.</summary>
internal static class BuildParameters
{
    private const string Format = "attestations 1";

    /// <summary>What decides an attestation beside the image that it is about; nothing where none is wanted, so that the keys of all others stay.</summary>
    public static void AddTo(KeyHash hash, BuildRequest request)
    {
        if (request.Attest == AttestationKinds.None) return;
        // An SBOM names the base as the Dockerfile and the arguments do, so these count for it, too.
        hash.Add(Format).Add((int)request.Attest).Add(request.Name).Add(Encoding.UTF8.GetString(Write(new GoJsonWriter(), request).ToBytes()));
    }

    public static GoJsonWriter Write(GoJsonWriter json, BuildRequest request)
    {
        var args = request.Args.ToLookup(a => SecretNames.Is(a.Key));
        json.BeginObject().Name("dockerfile").BeginObject()
            .Name("path").String(PathOf(request))
            .Name("digest").BeginObject().Name("sha256").String(Digest.Sha256(File.ReadAllBytes(request.Dockerfile)).Hex).EndObject()
            .EndObject()
            .Name("platform").String(request.Platform.ToString())
            .Optional("target", request.Target)
            .Map("args", args[false].ToDictionary())
            .Map("labels", request.Labels);
        // Their names alone: whoever compares two builds sees that there was one.
        return json.Optional("withheldArgs", [.. args[true].Select(a => a.Key).Order(StringComparer.Ordinal)]).EndObject();
    }

    /// <summary>From the context; of a Dockerfile that lies outside only its name, since the way there may lead through anybody's folders.</summary>
    private static string PathOf(BuildRequest request)
    {
        var path = Path.GetRelativePath(request.Context, request.Dockerfile).Replace('\\', '/');
        return Path.IsPathRooted(path) || path.StartsWith("..", StringComparison.Ordinal) ? Path.GetFileName(request.Dockerfile) : path;
    }
}
