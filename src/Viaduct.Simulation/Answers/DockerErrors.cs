namespace Viaduct.Simulation;

/// <summary>How dockerd prints a registry's errors (distribution v2.8 registry/api/errcode and v2/errors.go; moby distribution/errors.go).</summary>
internal static class DockerErrors
{
    private static readonly Dictionary<string, string> Usual = new(StringComparer.Ordinal)
    {
        ["UNKNOWN"] = "unknown error", ["UNSUPPORTED"] = "The operation is unsupported.", ["UNAUTHORIZED"] = "authentication required",
        ["DENIED"] = "requested access to the resource is denied", ["UNAVAILABLE"] = "service unavailable", ["TOOMANYREQUESTS"] = "too many requests",
        ["DIGEST_INVALID"] = "provided digest did not match uploaded content", ["SIZE_INVALID"] = "provided length did not match content length",
        ["NAME_INVALID"] = "invalid repository name", ["TAG_INVALID"] = "manifest tag did not match URI", ["NAME_UNKNOWN"] = "repository name not known to registry",
        ["MANIFEST_UNKNOWN"] = "manifest unknown", ["MANIFEST_INVALID"] = "manifest invalid", ["MANIFEST_UNVERIFIED"] = "manifest failed signature verification",
        ["MANIFEST_BLOB_UNKNOWN"] = "blob unknown to registry", ["BLOB_UNKNOWN"] = "blob unknown to registry", ["BLOB_UPLOAD_UNKNOWN"] = "blob upload unknown to registry",
        ["BLOB_UPLOAD_INVALID"] = "blob upload invalid",
    };

    public static string UsualMessage(string code) => Usual.GetValueOrDefault(code, Usual["UNKNOWN"]);

    public static string AccessDenied(PullPlace place) => $"pull access denied for {place.FamiliarName}, repository does not exist or may require 'docker login'";

    /// <summary>"manifest unknown: no such tag". An error with its usual message and no detail is its code alone.</summary>
    public static string Plain(RegistryError error) =>
        IsBare(error) ? Word(error.Code) : $"{Word(error.Code)}: {error.Message}";

    /// <summary>The same about a pull. A bare code is not put into words (the type switch in TranslatePullError does not see it).</summary>
    public static string AboutPull(RegistryError error, PullPlace place) => error.Code switch
    {
        _ when IsBare(error) => Plain(error),
        "DENIED" => $"{AccessDenied(place)}: {Plain(error)}",
        "MANIFEST_UNKNOWN" => $"manifest for {place.Familiar} not found: {Plain(error)}",
        "NAME_UNKNOWN" => $"repository {place.FamiliarName} not found: {Plain(error)}",
        _ => Plain(error),
    };

    private static bool IsBare(RegistryError error) => error.Detail is null && (error.Message.Length == 0 || error.Message == UsualMessage(error.Code));

    private static string Word(string code) => Usual.ContainsKey(code) ? code.Replace('_', ' ').ToLowerInvariant() : "unknown";
}
