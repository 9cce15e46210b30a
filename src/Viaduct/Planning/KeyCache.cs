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
                json.Name(key.ToString()).BeginObject()
                    .Name("mediaType").String(child.MediaType)
                    .Name("digest").String(child.Digest.ToString())
                    .Name("size").Number(child.Size).EndObject();
            json.EndObject().Name("plainBases").BeginObject();
            foreach (var digest in _plainBases.Skip(Math.Max(0, _plainBases.Count - MaxEntries))) json.Name(digest.ToString()).BeginObject().EndObject();
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
                    _known[key] = new Descriptor(member.Value.GetProperty("mediaType").GetString()!, child, member.Value.GetProperty("size").GetInt64());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // A cache that cannot be read is an empty one.
            _known.Clear();
            _plainBases.Clear();
        }
    }
}
