using System.Text;
using System.Text.Json;
using Viaduct.Build.Dockerfiles;
using Viaduct.Registry;

namespace Viaduct.Manifests;

/// <summary>How docker's client words an answer of a registry (distribution registry/client/errors.go and registry/api/errcode).</summary>
internal static class DockerErrorBody
{
    /// <summary>The codes that it knows and what it says of them by itself; another one is <c>unknown</c>.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["UNKNOWN"] = "unknown error",
        ["UNSUPPORTED"] = "The operation is unsupported.",
        ["UNAUTHORIZED"] = "authentication required",
        ["DENIED"] = "requested access to the resource is denied",
        ["UNAVAILABLE"] = "service unavailable",
        ["TOOMANYREQUESTS"] = "too many requests",
        ["DIGEST_INVALID"] = "provided digest did not match uploaded content",
        ["SIZE_INVALID"] = "provided length did not match content length",
        ["NAME_INVALID"] = "invalid repository name",
        ["TAG_INVALID"] = "manifest tag did not match URI",
        ["NAME_UNKNOWN"] = "repository name not known to registry",
        ["MANIFEST_UNKNOWN"] = "manifest unknown",
        ["MANIFEST_INVALID"] = "manifest invalid",
        ["MANIFEST_UNVERIFIED"] = "manifest failed signature verification",
        ["MANIFEST_BLOB_UNKNOWN"] = "blob unknown to registry",
        ["BLOB_UNKNOWN"] = "blob unknown to registry",
        ["BLOB_UPLOAD_UNKNOWN"] = "blob upload unknown to registry",
        ["BLOB_UPLOAD_INVALID"] = "blob upload invalid",
    };

    /// <summary>
    /// True when a read goes on to the next address, finds none, and ends as "no such manifest": that is how a wrong password reads
    /// (docker/cli internal/registryclient/fetcher.go, continueOnError).
    /// </summary>
    public static bool IsPassedOver(RegistryException answer) =>
        answer.All.Count == 0 || CodeOf(answer.All[0], answer.Status) is "UNAUTHORIZED" or "MANIFEST_UNKNOWN" or "NAME_UNKNOWN";

    public static string Say(RegistryException answer)
    {
        if (answer.Status >= 500) return $"received unexpected HTTP status: {answer.Status} {answer.Reason}";
        if (answer.All.Count == 0) return answer.Status == 401 ? "unauthorized: authentication required" : Unparsable(answer);
        if (answer.All.Count == 1) return Say(answer.All[0], answer.Status);
        return $"errors:\n{string.Concat(answer.All.Select(e => Say(e, answer.Status) + "\n"))}";
    }

    private static string Say(SaidError error, int status)
    {
        var code = CodeOf(error, status);
        var words = code.Replace('_', ' ').ToLowerInvariant();
        // An error that adds nothing to its code is printed as the code alone.
        return !error.HasDetail && (error.Message is null || error.Message == Known[code]) ? words : $"{words}: {error.Message ?? Known[code]}";
    }

    private static string CodeOf(SaidError error, int status) => error.Code switch
    {
        { } code when Known.ContainsKey(code) => code,
        // "details" without a code is how Docker Hub's token service speaks, and pages of proxies have none either.
        null when status == 401 => "UNAUTHORIZED",
        null when status == 403 => "DENIED",
        null when status == 429 => "TOOMANYREQUESTS",
        _ => "UNKNOWN",
    };

    private static string Unparsable(RegistryException answer) =>
        $"error parsing HTTP {answer.Status} response body: {JsonError(answer.Body) ?? "no error details found in HTTP response body"}: {GoText.Quote(answer.Body)}";

    private static string? JsonError(string body)
    {
        try
        {
            JsonDocument.Parse(body).Dispose();
            return null;
        }
        catch (JsonException)
        {
            return StoreErrors.GoWords(Encoding.UTF8.GetBytes(body));
        }
    }
}
