namespace Viaduct.Oci;

/// <summary>The image config (image-spec, config.md): what the image runs on, how it is started, and what its layers hold.</summary>
public sealed record ImageConfig(Platform Platform)
{
    public string? Author { get; init; }

    public string? Created { get; init; }

    public ContainerConfig Container { get; init; } = new();

    /// <summary>Digests of the uncompressed layers, from the base up.</summary>
    public IReadOnlyList<Digest> DiffIds { get; init; } = [];

    public IReadOnlyList<HistoryEntry> History { get; init; } = [];

    /// <exception cref="ViaductException">VIA1011.</exception>
    public static ImageConfig Parse(ReadOnlyMemory<byte> bytes, string? where = null)
    {
        Exception Error(string why) => OciErrors.BadConfig(why, where);
        using var document = JsonReading.Parse(bytes, Error);
        var root = document.RootElement;
        return new ImageConfig(root.AsPlatform(Error))
        {
            Author = root.Text("author", Error),
            Created = root.Text("created", Error),
            Container = root.Object("config", Error) is { } config ? ContainerConfig.Read(config, Error) : new ContainerConfig(),
            DiffIds = root.Object("rootfs", Error) is { } rootfs
                ? [.. rootfs.Texts("diff_ids", Error).Select(d => Digest.TryParse(d, out var id) ? id : throw Error($"'{OciErrors.Shorten(d)}' is not a diff id"))]
                : [],
            History = [.. root.Items("history", Error).Select(h => HistoryEntry.Read(h, Error))],
        };
    }

    /// <summary>The bytes of a new config, compact, in the member order of image-spec's Go types.</summary>
    public byte[] ToBytes()
    {
        var json = new GoJsonWriter().BeginObject()
            .Optional("created", Created)
            .Optional("author", Author)
            .Name("architecture").String(Platform.Architecture)
            .Name("os").String(Platform.Os)
            .Optional("os.version", Platform.OsVersion)
            .Optional("os.features", Platform.OsFeatures)
            .Optional("variant", Platform.Variant)
            .Name("config");
        Container.Write(json);
        json.Name("rootfs").BeginObject()
            .Name("type").String("layers")
            .Name("diff_ids").Strings(DiffIds.Select(d => d.ToString()))
            .EndObject();
        if (History.Count > 0)
        {
            json.Name("history").BeginArray();
            foreach (var entry in History) entry.Write(json);
            json.EndArray();
        }
        return json.EndObject().ToBytes();
    }
}
