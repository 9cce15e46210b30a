namespace Viaduct.Oci;

/// <summary>The shapes that manifests, configs and lists share, written in Go's struct and map order.</summary>
public static class GoJsonExtensions
{
    /// <summary>A field that Go leaves out when it is empty (<c>omitempty</c>).</summary>
    public static GoJsonWriter Optional(this GoJsonWriter json, string name, string? value) =>
        string.IsNullOrEmpty(value) ? json : json.Name(name).String(value);

    public static GoJsonWriter Optional(this GoJsonWriter json, string name, IReadOnlyCollection<string> values) =>
        values.Count == 0 ? json : json.Name(name).Strings(values);

    public static GoJsonWriter Strings(this GoJsonWriter json, IEnumerable<string> values)
    {
        json.BeginArray();
        foreach (var value in values) json.String(value);
        return json.EndArray();
    }

    /// <summary>A map: Go sorts its keys by bytes.</summary>
    public static GoJsonWriter Map(this GoJsonWriter json, string name, IReadOnlyDictionary<string, string> map)
    {
        if (map.Count == 0) return json;
        json.Name(name).BeginObject();
        foreach (var (key, value) in map.OrderBy(p => p.Key, ByteOrder.Instance))
            json.Name(key).String(value);
        return json.EndObject();
    }

    /// <summary>image-spec's Descriptor: mediaType, digest, size, urls, annotations; what else a descriptor can hold belongs to lists.</summary>
    public static GoJsonWriter Descriptor(this GoJsonWriter json, Descriptor descriptor)
    {
        json.BeginObject()
            .Name("mediaType").String(descriptor.MediaType)
            .Name("digest").String(descriptor.Digest.ToString())
            .Name("size").Number(descriptor.Size)
            .Optional("urls", descriptor.Urls);
        return json.Map("annotations", descriptor.Annotations).EndObject();
    }

    /// <summary>Go's PlatformSpec and image-spec's Platform, which have one order; the first two are there also when they are empty.</summary>
    public static GoJsonWriter Platform(this GoJsonWriter json, Platform platform) => json.BeginObject()
        .Name("architecture").String(platform.Architecture)
        .Name("os").String(platform.Os)
        .Optional("os.version", platform.OsVersion)
        .Optional("os.features", platform.OsFeatures)
        .Optional("variant", platform.Variant)
        .EndObject();
}
