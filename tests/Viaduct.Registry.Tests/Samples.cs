using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

internal static class Samples
{
    public static readonly byte[] ManifestBytes = Encoding.UTF8.GetBytes(
        """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""");

    public static readonly RawManifest Manifest = RawManifest.Parse(ManifestBytes, MediaTypes.OciIndex);

    /// <summary>Beside an answer that does not show a registry.</summary>
    public static readonly (string Name, string Value) NoRegistry = ("Server", "nginx");

    public static Blob Blob(int size, int seed = 1) => Oci.Blob.FromBytes(MediaTypes.OciLayerGzip, Bytes(size, seed));

    public static byte[] Bytes(int size, int seed = 1)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static Digest Sha512(byte[] bytes) => Digest.Parse("sha512:" + Convert.ToHexStringLower(SHA512.HashData(bytes)));

    public static async Task AnswerAsync(this HttpContext http, int status, string? body = null, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        http.Response.StatusCode = status;
        if (!headers.Contains(NoRegistry)) http.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        foreach (var (name, value) in headers) http.Response.Headers.Append(name, value);
        var bytes = Encoding.UTF8.GetBytes(body ?? "");
        if (body is not null) http.Response.ContentType = contentType;
        http.Response.ContentLength = status is 204 or 304 ? null : bytes.Length;
        if (bytes.Length > 0 && http.Request.Method != "HEAD") await http.Response.Body.WriteAsync(bytes);
    }

    public static Task AnswerManifestAsync(this HttpContext http, RawManifest? manifest = null) =>
        http.AnswerAsync(200, Encoding.UTF8.GetString((manifest ?? Manifest).Bytes.Span), MediaTypes.OciIndex, ("Docker-Content-Digest", (manifest ?? Manifest).Digest.ToString()));

    public static Task AnswerErrorAsync(this HttpContext http, int status, string code, string message = "said the registry") =>
        http.AnswerAsync(status, $$"""{"errors":[{"code":"{{code}}","message":"{{message}}"}]}""");

    public static RegistryClient Client(TestClock? clock = null, ICredentialSource? credentials = null, Action<RequestTrace>? trace = null, int concurrency = 16) =>
        new(new RegistryOptions { Clock = clock ?? new TestClock(), Credentials = credentials ?? NoCredentials.Instance, Trace = trace, Concurrency = concurrency });

    public static RepositoryClient Repository(this RegistryClient client, ScriptedRegistry registry, string path = "team/app") =>
        client.Repository(Reference.Parse($"{registry.Host}/{path}"));
}
