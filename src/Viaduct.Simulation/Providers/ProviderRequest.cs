using System.Text;
using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What kubelet writes to a provider's standard input (k8s.io/kubelet/pkg/apis/credentialprovider/v1, types.go).</summary>
internal static class ProviderRequest
{
    /// <summary>Stands for the token that only an API server gives. A canned answer may give it back as a password.</summary>
    public const string Token = "$(serviceAccountToken)";

    /// <param name="annotations">Null where no token goes with it.</param>
    public static string Write(string apiVersion, string imageName, IReadOnlyDictionary<string, string>? annotations)
    {
        var json = new GoJsonWriter().BeginObject()
            .Name("kind").String("CredentialProviderRequest")
            .Name("apiVersion").String(apiVersion)
            .Name("image").String(imageName);
        if (annotations is not null) json.Name("serviceAccountToken").String(Token);
        if (annotations is { Count: > 0 })
        {
            json.Name("serviceAccountAnnotations").BeginObject();
            foreach (var (key, value) in annotations.OrderBy(a => a.Key, StringComparer.Ordinal)) json.Name(key).String(value);
            json.EndObject();
        }
        return Encoding.UTF8.GetString(json.EndObject().ToBytes()) + "\n";
    }
}
