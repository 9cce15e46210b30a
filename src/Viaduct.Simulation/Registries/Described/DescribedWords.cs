namespace Viaduct.Simulation;

/// <summary>What registries say besides a status (distribution-spec, "Error Codes"; distribution registry/api/errcode).</summary>
internal static class DescribedWords
{
    public static readonly HttpAnswer Unauthorized = Of(401, "UNAUTHORIZED", "authentication required");
    public static readonly HttpAnswer Denied = Of(403, "DENIED", "requested access to the resource is denied");
    public static readonly HttpAnswer NameUnknown = Of(404, "NAME_UNKNOWN", "repository name not known to registry");
    public static readonly HttpAnswer ManifestUnknown = Of(404, "MANIFEST_UNKNOWN", "manifest unknown");
    public static readonly HttpAnswer WrongLogin = Of(401, "UNAUTHORIZED", "incorrect username or password");

    public static HttpAnswer Of(int status) => status switch
    {
        401 => Unauthorized,
        403 => Denied,
        404 => ManifestUnknown,
        429 => Of(429, "TOOMANYREQUESTS", "too many requests"),
        503 => Of(503, "UNAVAILABLE", "service unavailable"),
        _ => new HttpAnswer(status),
    };

    private static HttpAnswer Of(int status, string code, string message) => new(status) { Errors = [new RegistryError(code, message)] };
}
