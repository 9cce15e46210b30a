using Viaduct.Oci;

namespace Viaduct.Build.Attesting;

/// <summary>
/// Provenance as SLSA v1 has it (slsa.dev/spec/v1.0/provenance). No clock and no machine is in it, so that whoever builds the same inputs again
/// arrives at the same bytes; times are there where SOURCE_DATE_EPOCH gives one.
/// </summary>
internal static class Provenance
{
    public const string BuildType = "https://viaduct.dev/build/dockerfile/v1";

    /// <param name="builder">The kind of builder: <c>embedded</c>, <c>docker</c>.</param>
    public static byte[] Write(BuildRequest request, string builder, Digest key, IEnumerable<Dependency> dependencies)
    {
        var json = new GoJsonWriter().BeginObject()
            .Name("buildDefinition").BeginObject()
            .Name("buildType").String(BuildType)
            .Name("externalParameters");
        BuildParameters.Write(json, request);
        json.Name("internalParameters").BeginObject().Name("inputKey").String(key.ToString()).EndObject()
            .Name("resolvedDependencies").BeginArray();
        foreach (var dependency in dependencies.Distinct().OrderBy(d => d.Uri, StringComparer.Ordinal).ThenBy(d => d.Digest.ToString(), StringComparer.Ordinal))
            json.BeginObject().Name("uri").String(dependency.Uri)
                .Name("digest").BeginObject().Name(dependency.Digest.Algorithm).String(dependency.Digest.Hex).EndObject().EndObject();
        json.EndArray().EndObject()
            .Name("runDetails").BeginObject()
            .Name("builder").BeginObject().Name("id").String($"https://viaduct.dev/builder/{builder}").EndObject();
        if (request.Epoch != 0)
        {
            var time = Rfc3339.Format(request.Epoch);
            json.Name("metadata").BeginObject().Name("startedOn").String(time).Name("finishedOn").String(time).EndObject();
        }
        return json.EndObject().EndObject().ToBytes();
    }
}
