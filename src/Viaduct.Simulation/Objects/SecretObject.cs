using System.Buffers.Text;
using System.Text;

namespace Viaduct.Simulation;

/// <summary>Reads a Secret, and says what the API server would refuse of it (core/validation, ValidateSecret). None of its content goes anywhere else.</summary>
internal static class SecretObject
{
    private static readonly Dictionary<string, string> KeysOfTypes = new(StringComparer.Ordinal)
    {
        ["kubernetes.io/dockerconfigjson"] = ".dockerconfigjson",
        ["kubernetes.io/dockercfg"] = ".dockercfg",
    };

    public static PullSecret Read(ObjectHead head)
    {
        var secret = new PullSecret(head.Namespace, head.Name, head.Body["type"].Text is { Length: > 0 } type ? type : "Opaque", head.Where)
        {
            Uid = head.Body["metadata"]["uid"].Text,
            Data = Data(head.Body),
        };
        if (KeysOfTypes.TryGetValue(secret.Type, out var key)) Check(secret, head.Body["data"] with { Path = $"data[{key}]" }, key);
        return secret;
    }

    private static Dictionary<string, byte[]> Data(ObjectField secret)
    {
        var data = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var key in KeysOfTypes.Values)
        {
            var value = secret["data"][key] with { Path = $"data[{key}]" };
            if (value.IsThere && value.Text is { } text)
            {
                if (Decode(text) is { } bytes) data[key] = bytes;
                else value.Refuse("it is not base64");
            }
            // What is in stringData is written over what is in data (core/v1 conversion.go).
            if ((secret["stringData"][key] with { Path = $"stringData[{key}]" }).Text is { } plain) data[key] = Encoding.UTF8.GetBytes(plain);
        }
        return data;
    }

    /// <summary>Go's encoding/base64 skips line ends, and no other white space.</summary>
    private static byte[]? Decode(string text)
    {
        if (text.AsSpan().IndexOfAny(' ', '\t') >= 0 || !Base64.IsValid(text)) return null;
        return Convert.FromBase64String(text);
    }

    private static void Check(PullSecret secret, ObjectField at, string key)
    {
        if (!secret.Data.TryGetValue(key, out var content)) at.Refuse("Required value");
        else if (SecretJson.Fault(content) is { } fault) at.Refuse($"""Invalid value: "<secret contents redacted>": {fault}""");
    }
}
