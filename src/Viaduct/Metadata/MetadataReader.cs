using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Metadata;

/// <summary>Reads what <see cref="MetadataJson"/> wrote, perhaps on another machine: bounded, and every member checked.</summary>
public static class MetadataReader
{
    private const int MaxBytes = 16 << 20;
    private const int MaxDepth = 16;

    /// <exception cref="ViaductException">VIA5040 for a file that cannot be read or is no record of a job.</exception>
    public static async Task<JobRecord> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > MaxBytes }) throw MetadataErrors.NoRecord(file, $"it is larger than {MaxBytes >> 20} MiB");
            return Read(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MetadataErrors.NoRecord(file, $"it cannot be read: {e.Message}");
        }
    }

    /// <param name="where">What errors call it.</param>
    /// <exception cref="ViaductException">VIA5040.</exception>
    public static JobRecord Read(ReadOnlyMemory<byte> json, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != MetadataJson.Version) throw MetadataErrors.NoRecord(where, "it is of another version of Viaduct");
            return new JobRecord(Text(root, "registry"), [.. root.GetProperty("images").EnumerateArray().Select(Image)])
            {
                // Records from before there were any have none.
                Bases = root.TryGetProperty("bases", out var bases) ? [.. bases.EnumerateArray().Select(b => new BaseRecord(Text(b, "name"), DigestOf(b, "digest")))] : [],
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw MetadataErrors.NoRecord(where, e is KeyNotFoundException ? "a member is missing" : e.Message);
        }
    }

    private static ImageRecord Image(JsonElement json) => new(
        Text(json, "name"), [.. json.GetProperty("platforms").EnumerateArray().Select(Platform)], json.TryGetProperty("list", out var list) ? List(list) : null,
        Optional(json, "listSkipped"), Texts(json, "problems"));

    private static PlatformRecord Platform(JsonElement json) => new(
        Text(json, "platform"), Digest(json, "key"), Digest(json, "digest"), Text(json, "mediaType"), Size(json), Texts(json, "names"),
        Text(json, "action"), Text(json, "reason"), Optional(json, "verdict"), Texts(json, "findings"))
    {
        Attestations = json.TryGetProperty("attestations", out var entries)
            ? [.. entries.EnumerateArray().Select(e => new Descriptor(Text(e, "mediaType"), DigestOf(e, "digest"), Size(e)))] : [],
    };

    private static ListRecord List(JsonElement json) =>
        new(Digest(json, "digest"), Text(json, "mediaType"), Size(json), Texts(json, "names"), Text(json, "action"), Text(json, "reason"));

    private static string Digest(JsonElement json, string name) => DigestOf(json, name).ToString();

    private static Digest DigestOf(JsonElement json, string name) => Oci.Digest.TryParse(Text(json, name), out var digest) ? digest : throw new FormatException($"'{name}' is no digest");

    private static long Size(JsonElement json) => json.GetProperty("size").GetInt64() is >= 0 and var size ? size : throw new FormatException("a size is negative");

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' has no value");

    private static string? Optional(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string[] Texts(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(t => t.GetString() ?? throw new FormatException($"'{name}' has an empty place"))];
}
