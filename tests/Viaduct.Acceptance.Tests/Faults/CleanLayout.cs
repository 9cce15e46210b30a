using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>Looks into a layout's files.</summary>
internal static class CleanLayout
{
    /// <summary>A file that is not what its name says, or that nobody took away; null when there is none.</summary>
    public static async Task<string?> WhatIsWrongAsync(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, file);
            if (name is "index.json" or "oci-layout") continue;
            if (!name.StartsWith("blobs/sha256/", StringComparison.Ordinal) || !Digest.TryParse($"sha256:{Path.GetFileName(file)}", out var digest)) return $"{name} is left over";
            if (!digest.Matches(await File.ReadAllBytesAsync(file))) return $"{name} has other bytes than its name says";
        }
        return null;
    }

    /// <summary>What is not there of an image; null when all is, and a tag at it.</summary>
    public static async Task<string?> WhatIsMissingAsync(string folder, string tag, RandomImage image)
    {
        var layout = await OciLayout.OpenAsync(folder, default);
        if ((await layout.FindManifestAsync(tag, default))?.Digest != image.Root.Digest) return $"{tag} is not at {image.Root.Digest}";
        var named = image.Manifests.SelectMany(m => m.IsIndex ? m.AsIndex().Manifests.Select(c => c.Digest) : m.AsImage().Blobs.Select(b => b.Digest));
        named = named.Concat(image.Referrers.Select(r => r.Digest));
        return named.Where(digest => !File.Exists(Path.Combine(folder, "blobs/sha256", digest.Hex))).Select(digest => $"{digest} is not there").FirstOrDefault();
    }

    /// <summary>Whether anything has the tag.</summary>
    public static async Task<bool> HasAsync(string folder, string tag) => await (await OciLayout.OpenAsync(folder, default)).FindManifestAsync(tag, default) is not null;
}
