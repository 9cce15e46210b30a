using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Planning;

/// <summary>
/// Remembers which image came from which input key, so that an unchanged run asks one HEAD a tag; and which foreign bases bring no ONBUILD
/// instructions along, so that it need not read their configs.
/// Only a cache: without it the key is read from the annotation of what the registry holds.
/// </summary>
public sealed class KeyCache
{
    private const int MaxBytes = 16 << 20;
    private const int MaxEntries = 20_000;
    private readonly string _file;
    private readonly Dictionary<Digest, Descriptor> _known = [];
    private readonly Dictionary<Digest, IReadOnlyList<Descriptor>> _attestations = [];
    private readonly HashSet<Digest> _plainBases = [];
    private bool _changed;

    private KeyCache(string file) => _file = file;

    public static KeyCache Open(string folder)
    {
        var cache = new KeyCache(Path.Combine(folder, "keys.json"));
        cache.Load();
        return cache;
    }

    public Descriptor? Find(Digest key)
    {
        lock (_known) return _known.GetValueOrDefault(key);
    }

    public void Remember(Digest key, Descriptor child)
    {
        lock (_known)
        {
            if (_known.TryGetValue(key, out var old) && old.Digest == child.Digest) return;
            _known[key] = new Descriptor(child.MediaType, child.Digest, child.Size);
            _changed = true;
        }
    }

    /// <summary>The entries of an image's attestations; null when nothing is known of them.</summary>
    public IReadOnlyList<Descriptor>? FindAttestations(Digest image)
    {
        lock (_known) return _attestations.GetValueOrDefault(image);
    }

    public void RememberAttestations(Digest image, IReadOnlyList<Descriptor> entries)
    {
        lock (_known)
        {
            _attestations[image] = [.. entries.Select(e => AttestationEntry.Make(e, image))];
            _changed = true;
        }
    }

    public bool IsPlain(Digest foreignBase)
    {
        lock (_known) return _plainBases.Contains(foreignBase);
    }

    public void RememberPlain(Digest foreignBase)
    {
        lock (_known) _changed |= _plainBases.Add(foreignBase);
    }

    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        byte[] bytes;
        lock (_known)
        {
            if (!_changed) return;
            // The newest entries stay; an old one costs a GET when it is wanted again.
            var json = new GoJsonWriter().BeginObject().Name("version").Number(1).Name("children").BeginObject();
            foreach (var (key, child) in _known.Skip(Math.Max(0, _known.Count - MaxEntries)))
                Write(json.Name(key.ToString()), child);
            json.EndObject().Name("plainBases").BeginObject();
            foreach (var digest in _plainBases.Skip(Math.Max(0, _plainBases.Count - MaxEntries))) json.Name(digest.ToString()).BeginObject().EndObject();
            json.EndObject().Name("attestations").BeginObject();
            foreach (var (image, entries) in _attestations.Where(a => a.Value.Count > 0).Skip(Math.Max(0, _attestations.Count - MaxEntries)))
            {
                json.Name(image.ToString()).BeginArray();
                foreach (var entry in entries) Write(json, entry);
                json.EndArray();
            }
            bytes = json.EndObject().EndObject().ToBytes();
            _changed = false;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        await AtomicFile.WriteAsync(_file, bytes, cancellationToken).ConfigureAwait(false);
    }

    private void Load()
    {
        try
        {
            var info = new FileInfo(_file);
            if (!info.Exists || info.Length > MaxBytes) return;
            using var document = JsonDocument.Parse(File.ReadAllBytes(_file));
            if (document.RootElement.TryGetProperty("plainBases", out var plain))
                foreach (var member in plain.EnumerateObject())
                    if (Digest.TryParse(member.Name, out var digest)) _plainBases.Add(digest);
            if (!document.RootElement.TryGetProperty("children", out var children)) return;
            foreach (var member in children.EnumerateObject())
                if (Digest.TryParse(member.Name, out var key) && Digest.TryParse(member.Value.GetProperty("digest").GetString(), out var child))
                    _known[key] = Read(member.Value, child);
            if (!document.RootElement.TryGetProperty("attestations", out var attestations)) return;
            foreach (var member in attestations.EnumerateObject())
                if (Digest.TryParse(member.Name, out var image))
                    _attestations[image] = [.. member.Value.EnumerateArray().Select(e => AttestationEntry.Make(Read(e, DigestOf(e)), image))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // A cache that cannot be read is an empty one.
            _known.Clear();
            _attestations.Clear();
            _plainBases.Clear();
        }
    }

    private static Digest DigestOf(JsonElement json) =>
        Digest.TryParse(json.GetProperty("digest").GetString(), out var digest) ? digest : throw new FormatException();

    private static void Write(GoJsonWriter json, Descriptor content) => json.BeginObject()
        .Name("mediaType").String(content.MediaType)
        .Name("digest").String(content.Digest.ToString())
        .Name("size").Number(content.Size).EndObject();

    private static Descriptor Read(JsonElement json, Digest digest) => new(json.GetProperty("mediaType").GetString()!, digest, json.GetProperty("size").GetInt64());
}
