using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Preparation;

/// <summary>What is remembered of the outputs of a step.</summary>
/// <param name="Key">Of the step that made them; null while a step runs and after one that did not end well.</param>
/// <param name="Outputs">What the step has left there, by path; nothing while it runs.</param>
internal sealed record StepRecord(Digest? Key, IReadOnlyDictionary<string, string> Outputs)
{
    public static readonly StepRecord Running = new(null, new Dictionary<string, string>());

    private const int MaxBytes = 64 << 20;

    /// <summary>Null when nothing is remembered, or nothing that can be read.</summary>
    public static StepRecord? Read(string file)
    {
        try
        {
            var info = new FileInfo(file);
            if (!info.Exists || info.Length > MaxBytes) return null;
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != 1) return null;
            return new StepRecord(
                root.GetProperty("key").GetString() is { } key ? Digest.Parse(key) : null,
                root.GetProperty("outputs").EnumerateObject().ToDictionary(o => o.Name, o => o.Value.GetString()!, StringComparer.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or ViaductException)
        {
            // Without it the step runs once more.
            return null;
        }
    }

    public async Task WriteAsync(string file, CancellationToken cancellationToken)
    {
        var json = new GoJsonWriter().BeginObject().Name("version").Number(1).Name("key");
        if (Key is { } key) json.String(key.ToString());
        else json.Null();
        json.Name("outputs").BeginObject();
        foreach (var (path, state) in Outputs) json.Name(path).String(state);
        var bytes = json.EndObject().EndObject().ToBytes();
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await AtomicFile.WriteAsync(file, bytes, cancellationToken).ConfigureAwait(false);
    }
}
