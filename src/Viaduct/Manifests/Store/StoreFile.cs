using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>A file of docker's store (docker/cli cli/manifest/types, ImageManifest; cli/manifest/store).</summary>
internal static class StoreFile
{
    /// <summary>A manifest of 4 MiB in base64 and once more as JSON in which every byte is an escape.</summary>
    public const int MaxBytes = 32 << 20;

    /// <summary>To the byte what docker 23 and newer write: one line, without a newline at its end.</summary>
    public static byte[] Write(StoredManifest image)
    {
        var compact = image.Manifest is { } manifest ? CompactManifest.Of(manifest) : image.Compact;
        var json = new GoJsonWriter().BeginObject()
            .Name("Ref").String(image.Ref.ToString())
            .Name("Descriptor").StoreDescriptor(image.Descriptor);
        if (image.Manifest is not null) json.Name("Raw").String(Convert.ToBase64String(image.Manifest.Bytes.Span));
        if (compact is not null) json.Name(compact.Member).Raw(compact.Json.Span);
        return json.EndObject().ToBytes();
    }

    /// <summary>Files of all dockers since 18.02, and what hands have made of them.</summary>
    /// <param name="where">The file, for errors.</param>
    /// <exception cref="ViaductException">VIA5130.</exception>
    public static StoredManifest Read(ReadOnlyMemory<byte> bytes, string where)
    {
        var fields = StoreFileFields.Read(bytes, where);
        Exception Error(string why) => StoreErrors.NotAnImage(where, why);
        if (fields.Ref is not { } text) throw Error("it has no 'Ref'");
        // docker's reference.ParseNamed takes complete names only.
        if (!Reference.TryParse(text, out var name) || name.ToString() != text) throw Error("its 'Ref' is not a complete image name");
        return fields.OldDigest is { Length: > 0 } ? ReadOld(fields, name, Error) : ReadNew(fields, name, where, Error);
    }

    private static StoredManifest ReadNew(StoreFileFields fields, Reference name, string where, Func<string, Exception> error)
    {
        var descriptor = fields.Descriptor.ToDescriptor(error);
        var bytes = fields.Raw is { Length: > 0 } raw && descriptor.Digest.Matches(raw) ? raw : null;
        var manifest = Parse(bytes ?? Recover(fields.Compact, descriptor.Digest), descriptor, where, error);
        if (manifest is not null && manifest.Bytes.Length != descriptor.Size)
            throw error($"it says that the image's manifest has {descriptor.Size} bytes, and it has {manifest.Bytes.Length}");
        return new StoredManifest(name, descriptor, manifest) { Compact = fields.Compact };
    }

    /// <summary>18.02 to 18.05: the digest and the platform stood for themselves, and the size nowhere.</summary>
    private static StoredManifest ReadOld(StoreFileFields fields, Reference name, Func<string, Exception> error)
    {
        if (fields.Compact is not { } compact) throw error("it has no manifest");
        if (!Digest.TryParse(fields.OldDigest, out var digest)) throw error("its 'Digest' is not a digest");
        var type = compact.Member == CompactManifest.Oci ? MediaTypes.OciManifest : MediaTypes.DockerManifest;
        var found = new Descriptor(type, digest, compact.Json.Length) { Platform = fields.OldPlatform?.ToPlatform() };
        var manifest = Parse(Recover(compact, digest), found, name.ToString(), error);
        return new StoredManifest(name, manifest is null ? found : manifest.Descriptor with { Platform = found.Platform }, manifest) { Compact = compact };
    }

    private static byte[]? Recover(CompactManifest? compact, Digest digest) => compact is null ? null : ManifestForms.Find(compact.Json.Span, digest);

    private static RawManifest? Parse(byte[]? bytes, Descriptor descriptor, string where, Func<string, Exception> error)
    {
        if (bytes is null) return null;
        try
        {
            return RawManifest.Parse(bytes, descriptor.MediaType is { Length: > 0 } type ? type : null, where, descriptor.Digest);
        }
        catch (ViaductException e)
        {
            throw error($"the manifest in it cannot be used: {e.Message}");
        }
    }

    /// <summary>image-spec's Descriptor (specs-go/v1, descriptor.go), with the members that lists have.</summary>
    internal static GoJsonWriter StoreDescriptor(this GoJsonWriter json, Descriptor descriptor)
    {
        json.BeginObject()
            .Name("mediaType").String(descriptor.MediaType)
            .Name("digest").String(descriptor.Digest.ToString())
            .Name("size").Number(descriptor.Size)
            .Optional("urls", descriptor.Urls)
            .Map("annotations", descriptor.Annotations);
        if (descriptor.Platform is not null) json.Name("platform").Platform(descriptor.Platform);
        return json.Optional("artifactType", descriptor.ArtifactType).EndObject();
    }
}
