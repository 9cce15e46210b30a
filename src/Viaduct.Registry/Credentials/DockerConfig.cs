using System.Text;
using System.Text.Json;

namespace Viaduct.Registry;

/// <summary>
/// docker's config.json, as far as it is about credentials (docker/cli cli/config/configfile). Only the entry that is asked for is read,
/// and no message ever shows what stands in it.
/// </summary>
internal sealed class DockerConfig
{
    private readonly JsonElement _root;
    private readonly string _path;

    private DockerConfig(JsonElement root, string path)
    {
        _root = root;
        _path = path;
    }

    public static DockerConfig? Parse(ReadOnlyMemory<byte> bytes, string path)
    {
        if (bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        // docker takes an empty file for no file.
        if (bytes.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0) return null;
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 32 });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw RegistryErrors.Config(path, "it is not a JSON object");
            return new DockerConfig(document.RootElement.Clone(), path);
        }
        catch (JsonException e)
        {
            throw RegistryErrors.Config(path, $"it is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");
        }
    }

    /// <summary>The helper for a registry: its own, else the one for all; null when credentials stand in the file.</summary>
    public string? HelperOf(string registry)
    {
        if (Section(_root, "credHelpers") is { } helpers)
            foreach (var key in RegistryKeys.HelperKeys(registry))
                if (Text(helpers, key) is { Length: > 0 } helper) return helper;
        return Text(_root, "credsStore") is { Length: > 0 } store ? store : null;
    }

    public Credential? Find(string registry)
    {
        if (Section(_root, "auths") is not { } auths) return null;
        foreach (var key in RegistryKeys.Candidates(registry))
            if (auths.TryGetProperty(key, out var exact)) return Read(exact, key);
        // Old files have addresses as keys: the first whose host is ours (configfile, ConvertToHostname).
        foreach (var entry in auths.EnumerateObject())
            if (RegistryKeys.IsOf(entry.Name, registry)) return Read(entry.Value, entry.Name);
        return null;
    }

    private Credential? Read(JsonElement entry, string key)
    {
        if (entry.ValueKind == JsonValueKind.Null) return null;
        if (entry.ValueKind != JsonValueKind.Object) throw RegistryErrors.Config(_path, $"the entry of {key} is not an object");
        var (user, password) = (Text(entry, "username"), Text(entry, "password"));
        if (Text(entry, "auth") is { Length: > 0 } auth) (user, password) = Decode(auth, key);
        var identity = Text(entry, "identitytoken") is { Length: > 0 } token ? token : null;
        return identity is null && string.IsNullOrEmpty(password) && string.IsNullOrEmpty(user)
            ? null
            : new Credential(user, password) { IdentityToken = identity };
    }

    private (string User, string Password) Decode(string auth, string key)
    {
        var bytes = new byte[auth.Length];
        if (Convert.TryFromBase64String(auth, bytes, out var count))
        {
            var text = Encoding.UTF8.GetString(bytes, 0, count);
            // The first colon parts; the password may have more. docker trims the NULs that old versions left.
            if (text.IndexOf(':') is > 0 and var colon) return (text[..colon], text[(colon + 1)..].Trim('\0'));
        }
        throw RegistryErrors.Config(_path, $"the auth of {key} is not base64 of name:password");
    }

    private JsonElement? Section(JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.Object ? value
        : throw RegistryErrors.Config(_path, $"'{name}' is not an object");

    private string? Text(JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw RegistryErrors.Config(_path, $"'{name}' is not a string");
}
