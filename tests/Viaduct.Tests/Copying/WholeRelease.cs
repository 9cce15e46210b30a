using Viaduct.Oci;

namespace Viaduct.Tests.Copying;

/// <summary>
/// A list of two images, an attestation and a list in the list; an SBOM of the list and one of an image, a signature of the SBOM,
/// and a signature as cosign keeps it.
/// </summary>
internal sealed record WholeRelease(RawManifest List, RawManifest Image, RawManifest Nested, RawManifest Sbom, RawManifest ImageSbom, RawManifest Signature, string SignatureTag)
{
    public const int Manifests = 10;

    public static async Task<WholeRelease> PushAsync<T>(T place) where T : IContentSource, IContentSink
    {
        var (amd64, arm64, s390x) = (await CopyBed.ImageAsync(place, "amd64"), await CopyBed.ImageAsync(place, "arm64"), await CopyBed.ImageAsync(place, "s390x"));
        var attestation = await CopyBed.ImageAsync(place, "unknown");
        var nested = await CopyBed.ListAsync(place, s390x.Descriptor);
        var list = await CopyBed.ListAsync(place, amd64.Descriptor, arm64.Descriptor, AttestationEntry.Make(attestation.Descriptor, amd64.Digest), nested.Descriptor);
        await place.TagAsync("1", list, default);
        var (sbom, imageSbom) = (await CopyBed.AboutAsync(place, list, "application/spdx+json"), await CopyBed.AboutAsync(place, s390x, "application/spdx+json"));
        var signature = await CopyBed.AboutAsync(place, sbom, "application/vnd.example.signature");
        var cosign = await CopyBed.ImageAsync(place, "cosign");
        var tag = $"sha256-{amd64.Digest.Hex}.sig";
        await place.TagAsync(tag, cosign, default);
        return new(list, s390x, nested, sbom, imageSbom, signature, tag);
    }

    /// <summary>All of it is there, to the byte.</summary>
    public async Task IsInAsync<T>(T place, string tag = "1") where T : IContentSource, IReferrerSource
    {
        Assert.Equal(List.Bytes.ToArray(), (await place.FindManifestAsync(tag, default))!.Bytes.ToArray());
        await CompleteAsync(place, List);
        Assert.Equal(Sbom.Digest, Assert.Single(await place.ReferrersAsync(List.Digest, null, default).ToListAsync()).Digest);
        Assert.Equal(ImageSbom.Digest, Assert.Single(await place.ReferrersAsync(Image.Digest, null, default).ToListAsync()).Digest);
        Assert.Equal(Signature.Digest, Assert.Single(await place.ReferrersAsync(Sbom.Digest, null, default).ToListAsync()).Digest);
        foreach (var about in (RawManifest[])[Sbom, ImageSbom, Signature]) await CompleteAsync(place, about);
        await CompleteAsync(place, (await place.FindManifestAsync(SignatureTag, default))!);
    }

    /// <summary>Everything that a manifest names can be read to its end.</summary>
    public static async Task CompleteAsync(IContentSource place, RawManifest manifest)
    {
        if (manifest.IsIndex)
            foreach (var entry in manifest.AsIndex().Manifests)
                await CompleteAsync(place, await place.FindManifestAsync(entry.Digest.ToString(), default) ?? throw new InvalidOperationException($"{entry.Digest} is missing"));
        else
            foreach (var blob in manifest.AsImage().Blobs.Where(b => b.Urls.Count == 0))
            {
                await using var content = await place.OpenBlobAsync(blob, default);
                await content.CopyToAsync(Stream.Null);
            }
    }
}
