using System.Text;

namespace Viaduct.Simulation;

/// <summary>
/// Reads registry logins as kubelet does (pkg/credentialprovider/config.go on Go's encoding/json): names without regard to case,
/// the last of two wins, <c>auths</c> that are written twice are merged, and one bad entry spoils the document.
/// </summary>
internal sealed class DockerConfigReader
{
    private const string Document = "DockerConfigJSON";
    private readonly Dictionary<string, DockerConfigEntry> entries = new(StringComparer.Ordinal);
    private readonly bool bare;
    private readonly bool wholePaths;
    private string? mismatch;
    private string? store;
    private bool looksBare;

    private DockerConfigReader(bool bare, bool wholePaths)
    {
        this.bare = bare;
        this.wholePaths = wholePaths;
    }

    /// <param name="bare">The older form: the map alone, without <c>auths</c> around it.</param>
    /// <param name="kubernetes">Go 1.24, of which 1.33 and later are made, tells the whole path of a wrong value.</param>
    public static DockerConfig Read(byte[] data, bool bare, KubernetesVersion kubernetes)
    {
        if (GoJsonCheck.Fault(data) is { } fault) return new() { Error = fault };
        var reader = new DockerConfigReader(bare, kubernetes >= new KubernetesVersion(1, 33));
        var cursor = new GoJsonCursor(data);
        var error = bare ? reader.Map(ref cursor) : reader.Root(ref cursor);
        error ??= reader.mismatch;
        return new() { Entries = error is null ? [.. reader.entries.Values] : [], Error = error, Store = reader.store, LooksBare = reader.looksBare };
    }

    private string? Root(ref GoJsonCursor cursor)
    {
        var kind = cursor.Kind();
        if (kind != "object") return kind == "null" ? null : Mismatch(kind, null, "credentialprovider." + Document);
        cursor.Enter();
        while (cursor.Next(out var name))
        {
            if (GoJsonText.IsField(name, "auths"))
            {
                if (Map(ref cursor) is { } error) return error;
                continue;
            }
            if (GoJsonText.IsField(name, "HttpHeaders"))
            {
                Headers(ref cursor);
                continue;
            }
            if (name is "credsStore" or "credHelpers") store = name;
            looksBare |= name.Contains('.') && cursor.Kind() == "object";
            cursor.Skip();
        }
        return null;
    }

    /// <returns>The error of an entry, which ends all reading; others are told at the end.</returns>
    private string? Map(ref GoJsonCursor cursor)
    {
        var kind = cursor.Kind();
        if (kind != "object")
        {
            if (kind == "null") entries.Clear();
            else mismatch ??= Mismatch(kind, bare ? null : Document + ".auths", "credentialprovider.DockerConfig");
            cursor.Skip();
            return null;
        }
        cursor.Enter();
        while (cursor.Next(out var key))
            if (Entry(ref cursor, key) is { } error)
                return error;
        return null;
    }

    private string? Entry(ref GoJsonCursor cursor, string key)
    {
        const string type = "dockerConfigEntryWithAuth";
        var kind = cursor.Kind();
        if (kind is not ("object" or "null")) return Mismatch(kind, bare ? null : Document + ".auths", "credentialprovider." + type);

        string user = "", password = "", auth = "";
        string? fault = null;
        var token = false;
        if (kind == "null") cursor.Skip();
        else cursor.Enter();
        while (kind == "object" && cursor.Next(out var name))
        {
            token |= name is "identitytoken" or "registrytoken";
            var field = Array.Find(["username", "password", "email", "auth"], known => GoJsonText.IsField(name, known));
            var value = field is null ? "null" : cursor.Kind();
            if (value == "string")
            {
                var text = cursor.Text();
                if (field == "username") user = text;
                else if (field == "password") password = text;
                else if (field == "auth") auth = text;
                continue;
            }
            if (value != "null")
                fault ??= Mismatch(value, bare ? $"{type}.{field}" : wholePaths ? $"{Document}.auths.{field}" : $"{Document}.auths", "string");
            cursor.Skip();
        }
        fault ??= auth.Length == 0 ? null : Decode(auth, out user, out password);
        entries[key] = new(key, new(user, password)) { HasToken = token };
        return fault;
    }

    private void Headers(ref GoJsonCursor cursor)
    {
        const string path = Document + ".HttpHeaders";
        var kind = cursor.Kind();
        if (kind != "object")
        {
            if (kind != "null") mismatch ??= Mismatch(kind, path, "map[string]string");
            cursor.Skip();
            return;
        }
        cursor.Enter();
        while (cursor.Next(out _))
        {
            var value = cursor.Kind();
            if (value is not ("string" or "null")) mismatch ??= Mismatch(value, path, "string");
            cursor.Skip();
        }
    }

    private static string Mismatch(string kind, string? field, string type) =>
        $"json: cannot unmarshal {kind} into Go {(field is null ? "value" : "struct field " + field)} of type {type}";

    private static string? Decode(string auth, out string user, out string password)
    {
        (user, password) = ("", "");
        var padded = auth.AsSpan().TrimEnd().EndsWith("=");
        var plain = GoBase64.Decode(Encoding.UTF8.GetBytes(auth), padded, out var faultAt);
        if (faultAt is not null) return FormattableString.Invariant($"illegal base64 data at input byte {faultAt}");

        var colon = Array.IndexOf(plain, (byte)':');
        if (colon < 0) return "unable to parse auth field, must be formatted as base64(username:password)";
        user = Encoding.UTF8.GetString(plain, 0, colon);
        password = Encoding.UTF8.GetString(plain, colon + 1, plain.Length - colon - 1);
        return null;
    }
}
