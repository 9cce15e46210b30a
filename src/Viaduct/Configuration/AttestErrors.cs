using Viaduct.Oci;

namespace Viaduct.Configuration;

/// <summary>The failures of what is to be attached to images: VIA5070, VIA9085.</summary>
internal static class AttestErrors
{
    /// <summary>Docker's manifests are listed in docker's lists, whose entries have no annotations to say what they are about (distribution, manifest-v2-2.md).</summary>
    public static ViaductException DockerKind(string image, string where) =>
        new("VIA5070", $"'{image}' cannot have attestations with media-types: docker, whose lists have no room for them", where,
            "Take media-types: oci, or attach nothing to this image.", ExitCode.Usage);

    public static ViaductException BadWord(string text, string from, string? near) =>
        new("VIA9085", $"'{text}' is nothing that is attached to an image", from, AttestationWords.Todo(near), ExitCode.Usage);
}
