using System.Text;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>A CredentialProviderResponse, read as strictly as kubelet does (pkg/credentialprovider/plugin/plugin.go, ExecPlugin and decodeResponse).</summary>
/// <param name="CacheKeyType"><c>Image</c>, <c>Registry</c>, <c>Global</c>, or what else is written there.</param>
/// <param name="CacheDuration">In nanoseconds; null where it is not written.</param>
internal sealed record ProviderResponse(IReadOnlyList<ProviderEntry> Auth, string CacheKeyType, long? CacheDuration)
{
    public const int MaxBytes = 1 << 20;

    private const string Undecodable = "error decoding credential provider plugin response from stdout";
    private const string Unversioned = "error reading GVK from response: couldn't get version/kind; json parse error";

    /// <param name="apiVersion">What it has to be; null for any.</param>
    /// <param name="fault">Why kubelet throws it away, without a word of what it holds.</param>
    public static ProviderResponse? Read(string text, string? apiVersion, out string? fault)
    {
        fault = Unversioned;
        if (text.Length > MaxBytes || !text.AsSpan().TrimStart(" \t\r\n").StartsWith("{")) return null;
        if (Parse(text) is not { } root) return null;
        var actual = root["apiVersion"] is { Kind: DataKind.Text, Text: { } version } ? version : "";
        if (apiVersion is not null && actual != apiVersion)
        {
            fault = $"apiVersion from credential plugin response did not match expected apiVersion:{apiVersion}, actual apiVersion:{YamlErrors.Shown(actual, 60)}";
            return null;
        }
        fault = Undecodable;
        if (root["kind"] is not { Text: "CredentialProviderResponse" } || !ProviderConfigCheck.ApiVersions.Contains(actual)) return null;
        if (Decode(root) is not { } response) return null;
        fault = null;
        return response;
    }

    private static DataNode? Parse(string text)
    {
        try
        {
            var parts = DataReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "response", CancellationToken.None).Take(2).ToArray();
            return parts is [{ IsItem: false, Node: { Kind: DataKind.Map } root }] ? root : null;
        }
        catch (ViaductException)
        {
            // Its words might repeat some of the answer.
            return null;
        }
    }

    private static ProviderResponse? Decode(DataNode root)
    {
        var go = new GoDecoding(isJson: true);
        var (auth, keyType, duration) = (new List<ProviderEntry>(), "", (long?)null);
        foreach (var (name, value) in go.Members(root, ""))
            switch (name)
            {
                case "kind" or "apiVersion": break;
                case "cacheKeyType": keyType = go.Text(value, name) ?? ""; break;
                case "cacheDuration": duration = go.Duration(value); break;
                case "auth" when go.IsStruct(value, name, "map"):
                    foreach (var (pattern, login) in go.Members(value, name)) auth.Add(new(pattern, Login(go, login)));
                    break;
                case "auth": break;
                default: go.Unknown("", name); break;
            }
        return go.Fault is null ? new(auth, keyType, duration) : null;
    }

    private static RegistryLogin Login(GoDecoding go, DataNode map)
    {
        var (user, password) = ("", "");
        if (!go.IsStruct(map, "auth", "AuthConfig")) return new(user, password);
        foreach (var (name, value) in go.Members(map, "auth"))
            switch (name)
            {
                case "username": user = go.Text(value, name) ?? ""; break;
                case "password": password = go.Text(value, name) ?? ""; break;
                default: go.Unknown("auth", name); break;
            }
        return new(user, password);
    }

    public override string ToString() => "a response";
}
