using System.Text.Json;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Cli.Docker;

/// <summary>docker's configuration folder, and what its config.json says of experimental features.</summary>
internal sealed class DockerFolder
{
    private DockerFolder(string path) => Path = path;

    /// <summary>As it was named, for messages.</summary>
    public string Path { get; }

    public string File => System.IO.Path.Combine(Path, "config.json");

    public string Experimental { get; private set; } = "";

    /// <summary>What is there instead of words, as Go calls it: bool, number, object, array. The value counts as absent.</summary>
    public string? Mismatch { get; private set; }

    /// <summary>Why nothing of the file can be read.</summary>
    public string? Problem { get; private set; }

    /// <param name="named"><c>--config</c>.</param>
    public static DockerFolder Open(string? named, Caller caller)
    {
        var folder = new DockerFolder(named is { Length: > 0 } ? named : DockerConfigFile.FolderOf(caller.Variable));
        folder.Read(System.IO.Path.GetFullPath(folder.Path, caller.Folder));
        return folder;
    }

    private void Read(string path)
    {
        try
        {
            if (DockerConfigFile.Read(path) is { } bytes) Read(bytes.AsSpan());
        }
        catch (ViaductException e)
        {
            Problem = e.Message;
        }
        catch (JsonException e)
        {
            TakeNothing($"it is not JSON, line {e.LineNumber + 1}");
        }
        catch (InvalidOperationException)
        {
            TakeNothing("it is not UTF-8");
        }
    }

    /// <summary>Go looks through the whole file before it takes anything from it (encoding/json scanner.go, checkValid).</summary>
    private void TakeNothing(string problem) => (Experimental, Mismatch, Problem) = ("", null, problem);

    /// <summary>Go takes a key in any case, and of several the last; a value of another type is passed over (encoding/json decode.go, object).</summary>
    private void Read(ReadOnlySpan<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1) continue;
            var isMeant = string.Equals(json.GetString(), "experimental", StringComparison.OrdinalIgnoreCase);
            json.Read();
            if (isMeant) Take(ref json);
            json.Skip();
        }
    }

    private void Take(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String) Experimental = json.GetString()!;
        Mismatch ??= json.TokenType switch
        {
            JsonTokenType.True or JsonTokenType.False => "bool",
            JsonTokenType.Number => "number",
            JsonTokenType.StartObject => "object",
            JsonTokenType.StartArray => "array",
            _ => null,
        };
    }
}
