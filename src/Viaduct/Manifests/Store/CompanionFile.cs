using System.Runtime.InteropServices;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>The file of a <see cref="Companion"/>.</summary>
/// <param name="Entries">
/// The digests of the images that it was written for. docker neither knows nor removes the file, so it counts only while one of these is in the folder:
/// a list that docker removed and made anew of other images has nothing of the old one. Of the same images it has: times of files cannot tell it
/// from a list all of whose files somebody has edited, who would lose attestations without a word.
/// </param>
internal sealed record CompanionFile(Companion Companion, IReadOnlySet<Digest> Entries)
{
    private const int Version = 1;
    private const int MaxBytes = 64 << 20;

    public bool CountsFor(IReadOnlyList<StoredEntry> present) =>
        present.Count == 0 ? Entries.Count == 0 : present.Any(e => Entries.Contains(e.Image.Descriptor.Digest));

    public byte[] Write()
    {
        var json = new GoJsonWriter("  ").BeginObject()
            .Name("version").Number(Version)
            .Name("list").String(Companion.List.ToString())
            .Name("entries").Strings(Entries.Select(d => d.ToString()).Order(StringComparer.Ordinal))
            .Map("annotations", Companion.Annotations)
            .Map("sources", Companion.Sources.ToDictionary(s => s.Key.ToString(), s => s.Value))
            .Name("attestations").BeginArray();
        foreach (var attestation in Companion.Attestations)
            json.BeginObject()
                .Name("repository").String(attestation.Repository.ToString())
                .Name("entry").StoreDescriptor(attestation.Entry)
                .Name("raw").String(Convert.ToBase64String(attestation.Manifest.Bytes.Span))
                .EndObject();
        return json.EndArray()
            .Optional("pushed", Companion.Pushed?.ToString())
            .Optional("pushedAs", Companion.PushedAs?.ToString())
            .EndObject().ToBytes();
    }

    /// <summary>What is beside these files; null where it does not count for them.</summary>
    /// <exception cref="ViaductException">VIA5134.</exception>
    public static async Task<Companion?> FindAsync(string path, IReadOnlyList<StoredEntry> present, CancellationToken cancellationToken) =>
        await FindAsync(path, cancellationToken).ConfigureAwait(false) is { } found && found.CountsFor(present) ? found.Companion : null;

    /// <summary>Null when there is none.</summary>
    /// <exception cref="ViaductException">VIA5134.</exception>
    public static async Task<CompanionFile?> FindAsync(string path, CancellationToken cancellationToken)
    {
        Exception Error(string why) => StoreErrors.BadCompanion(path, why);
        if (await StoreFolder.ReadFileAsync(path, MaxBytes, Error, cancellationToken).ConfigureAwait(false) is not { } bytes) return null;
        return Read(bytes, Error);
    }

    internal static CompanionFile Read(ReadOnlyMemory<byte> bytes, Func<string, Exception> error)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version) throw error("a newer viaduct has written it");
            var companion = new Companion(Reference.Parse(Text(root, "list") ?? ""))
            {
                Annotations = Texts(root, "annotations"),
                Sources = Texts(root, "sources").ToDictionary(s => Digest.Parse(s.Key), s => s.Value),
                Attestations = [.. root.GetProperty("attestations").EnumerateArray().Select(a => ReadAttestation(a, error))],
                Pushed = Text(root, "pushed") is { } pushed ? Digest.Parse(pushed) : null,
                PushedAs = Text(root, "pushedAs") is { } state ? Digest.Parse(state) : null,
            };
            return new CompanionFile(companion, root.GetProperty("entries").EnumerateArray().Select(e => Digest.Parse(e.GetString() ?? "")).ToHashSet());
        }
        catch (ViaductException e) when (e.Code.StartsWith("VIA1", StringComparison.Ordinal))
        {
            throw error(e.Message);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw error(e.Message);
        }
    }

    private static StoredAttestation ReadAttestation(JsonElement element, Func<string, Exception> error)
    {
        var fields = new DescriptorFields();
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(element.GetProperty("entry")));
        reader.Read();
        fields.Read(ref reader, "entry");
        var entry = fields.ToDescriptor(error);
        var manifest = RawManifest.Parse(element.GetProperty("raw").GetBytesFromBase64(), entry.MediaType, digest: entry.Digest);
        return new StoredAttestation(entry, Reference.Parse(Text(element, "repository") ?? ""), manifest);
    }

    private static Dictionary<string, string> Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetString() ?? "") : [];

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
