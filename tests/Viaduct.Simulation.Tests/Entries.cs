using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>Entries of lists, each with a digest of its own.</summary>
internal static class Entries
{
    /// <param name="platforms"><c>none</c> is an entry without a platform.</param>
    public static List<Descriptor> Of(params IReadOnlyList<string> platforms) =>
        [.. platforms.Select((platform, i) => new Descriptor(MediaTypes.OciManifest, Digest.Sha256(BitConverter.GetBytes(i)), 2)
        {
            Platform = platform == "none" ? null : Platform.Parse(platform),
        })];
}
