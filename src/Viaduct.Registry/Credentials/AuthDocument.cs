using System.Text;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// docker's config.json and what is like it, as far as it is about credentials. Only the entry that is asked for is read,
/// and no message ever shows what stands in it.
/// </summary>
internal sealed class AuthDocument
{
    public const int MaxSize = 4 << 20;

    private readonly JsonElement _root;
    private readonly string _name;
    private readonly CredentialFormat _format;

    private AuthDocument(JsonElement root, string name, CredentialFormat format) => (_root, _name, _format) = (root, name, format);

    /// <param name="name">The file or the variable, for messages.</param>
    /// <returns>null for nothing but white space: docker takes an empty file for no file.</returns>
    /// <exception cref="ViaductException">VIA3040 for a file, VIA3042 for a variable.</exception>
    public static AuthDocument? Parse(ReadOnlyMemory<byte> bytes, string name, CredentialFormat format)
    {
        if (bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (bytes.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0) return null;
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 32 });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Broken(name, format, "it is not a JSON object");
            return new AuthDocument(document.RootElement.Clone(), name, format);
        }
        catch (JsonException e)
        {
            throw Broken(name, format, $"it is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");
        }
    }

    /// <summary>The program that keeps a registry's credentials, and what the registry is called before it; null when they stand in the document.</summary>
    /// <param name="path">Below the registry; null for all of it.</param>
    public (string Program, string Server)? HelperOf(string registry, string? path) => Reading(() => FindHelper(registry, path));

    /// <summary>
    /// A helper that config.json names for Docker Hub by another name than docker's. docker passes it by, so it is asked last and nothing is kept with it
    /// (docker/cli cli/config/configfile/file.go, getConfiguredCredentialStore).
    /// </summary>
    public (string Program, string Server)? OtherHelperOf(string registry) => Reading<(string, string)?>(() =>
        _format == CredentialFormat.Docker && NamedHelper(RegistryKeys.HelperKeys(registry).Skip(1)) is { Program.Length: > 0 } helper
            ? (helper.Program, RegistryKeys.ServerAddress(registry))
            : null);

    public Credential? Find(string registry, string? path) => Reading(() => FindEntry(registry, path));

    /// <summary>The longest path above a repository for which the document has something; null when there is none.</summary>
    public string? PlaceOf(string registry, string repository) => Reading(() =>
    {
        if (_format != CredentialFormat.Podman) return null;
        var (auths, helpers) = (Auths, Section(_root, "credHelpers"));
        return RegistryKeys.Paths(registry, repository).FirstOrDefault(key => auths?.TryGetProperty(key, out _) == true || helpers?.TryGetProperty(key, out _) == true);
    });

    /// <exception cref="ViaductException">VIA3040: there is no place for entries.</exception>
    public void Check() => Reading(() => Auths);

    private (string Program, string Server)? FindHelper(string registry, string? path)
    {
        if (_format is CredentialFormat.Variable or CredentialFormat.Legacy) return null;
        var (isDocker, server) = (_format == CredentialFormat.Docker, RegistryKeys.ServerAddress(registry));
        // One that is named by nothing means the file, although there is one for all (file.go, getConfiguredCredentialStore).
        if (NamedHelper(isDocker ? [server] : RegistryKeys.Paths(registry, path).Concat(RegistryKeys.HelperKeys(registry))) is { } named)
            return named.Program.Length > 0 ? named : null;
        return isDocker && Member(_root, "credsStore") is { } store && Text(store, "credsStore") is { Length: > 0 } all ? (all, server) : null;
    }

    /// <summary>Of the first key that is there.</summary>
    private (string Program, string Key)? NamedHelper(IEnumerable<string> keys)
    {
        if (Section(_root, "credHelpers") is not { } helpers) return null;
        foreach (var key in keys)
            if (helpers.TryGetProperty(key, out var value)) return (Text(value, key) ?? "", key);
        return null;
    }

    private Credential? FindEntry(string registry, string? path)
    {
        if (Auths is not { } auths) return null;
        if (_format == CredentialFormat.Podman)
            foreach (var key in RegistryKeys.Paths(registry, path))
                if (auths.TryGetProperty(key, out var narrow)) return Read(narrow, key);
        foreach (var key in RegistryKeys.Candidates(registry))
            if (auths.TryGetProperty(key, out var exact)) return Read(exact, key);
        // Old files have addresses as keys: the first whose host is ours (credentials/file_store.go, ConvertToHostname).
        foreach (var entry in auths.EnumerateObject())
            if (RegistryKeys.IsOf(entry.Name, registry) && (_format != CredentialFormat.Podman || !RegistryKeys.IsPath(entry.Name))) return Read(entry.Value, entry.Name);
        return null;
    }

    private JsonElement? Auths => _format == CredentialFormat.Legacy ? _root : Section(_root, "auths");

    private Credential? Read(JsonElement entry, string key)
    {
        if (entry.ValueKind == JsonValueKind.Null) return null;
        if (entry.ValueKind != JsonValueKind.Object) throw Broken($"the entry of {key} is not an object");
        var (user, password) = (Field(entry, "username"), Field(entry, "password"));
        if (Field(entry, "auth") is { Length: > 0 } auth) (user, password) = Decode(auth, key);
        var (identity, registry) = (Field(entry, "identitytoken"), Field(entry, "registrytoken"));
        // It is sent as it stands, in a header (RFC 6750, b64token).
        if (registry.AsSpan().IndexOfAnyExceptInRange('\x21', '\x7e') >= 0) throw Broken($"the registrytoken of {key} has characters that no token has");
        return new[] { user, password, identity, registry }.All(string.IsNullOrEmpty)
            ? null
            : new Credential(user, password) { IdentityToken = NullIfEmpty(identity), RegistryToken = NullIfEmpty(registry) };
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
        throw Broken($"the auth of {key} is not base64 of name:password");
    }

    private static string? NullIfEmpty(string? text) => text is { Length: > 0 } ? text : null;

    /// <summary>Go takes the name of a member in any case, and of several the last (encoding/json decode.go, object); keys of maps it takes exactly.</summary>
    private static JsonElement? Member(JsonElement element, string name)
    {
        JsonElement? found = null;
        foreach (var member in element.EnumerateObject())
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && member.Value.ValueKind != JsonValueKind.Null) found = member.Value;
        return found;
    }

    private JsonElement? Section(JsonElement element, string name) =>
        Member(element, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? value
        : throw Broken($"'{name}' is not an object");

    private string? Field(JsonElement element, string name) => Member(element, name) is { } value ? Text(value, name) : null;

    private string? Text(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String) throw Broken($"'{name}' is not a string");
        return value.GetString();
    }

    /// <summary>Names and values may be bytes that are no UTF-8, or escapes of half a character: found out when they are read.</summary>
    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw Broken("it has text that is not Unicode");
        }
    }

    private ViaductException Broken(string why) => Broken(_name, _format, why);

    private static ViaductException Broken(string name, CredentialFormat format, string why) =>
        format == CredentialFormat.Variable ? RegistryErrors.Variable(name, why) : RegistryErrors.Config(name, why);
}
