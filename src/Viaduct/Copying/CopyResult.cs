using Viaduct.Oci;

namespace Viaduct.Copying;

/// <summary>What a copy did at one of its targets, or would do.</summary>
/// <param name="Tags">Each with whether it was set; one that showed the manifest already was not.</param>
/// <param name="Foreign">Layers that are not distributed through registries, and were passed over.</param>
/// <param name="Bytes">Of the blobs that were sent.</param>
public sealed record CopyResult(CopyTarget Target, Descriptor Root, IReadOnlyList<(string Tag, bool Set)> Tags, IReadOnlyList<Descriptor> Foreign, long Bytes)
{
    public required CopyCount Manifests { get; init; }

    /// <summary>Those of manifests that were copied; of others they were not looked at.</summary>
    public required CopyCount Blobs { get; init; }

    /// <summary>Manifests that came along because of what they are about.</summary>
    public required int Referrers { get; init; }

    /// <summary>Tags of signatures that were set.</summary>
    public required IReadOnlyList<string> SignatureTags { get; init; }
}
