using System.Text;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>
/// An image or a list of one to four, with none to five layers each, some of them in several images, and with referrers. The bytes are noise:
/// registries do not look into them.
/// </summary>
/// <param name="Manifests">Children first, the root last.</param>
/// <param name="Referrers">Of the root and of children; their blobs are among the others.</param>
internal sealed record RandomImage(IReadOnlyList<Blob> Blobs, IReadOnlyList<RawManifest> Manifests, IReadOnlyList<RawManifest> Referrers)
{
    public const int LargestLayer = 3 << 20;

    public RawManifest Root => Manifests[^1];

    public static RandomImage Next(Random chance)
    {
        var isDocker = chance.Next(4) == 0;
        var blobs = new OrderedDictionary<Digest, Blob>();
        var shared = Enumerable.Range(0, 3).Select(_ => Layer()).ToList();
        var children = Enumerable.Range(0, chance.Next(1, 5)).Select(Child).DistinctBy(c => c.Digest).ToList();
        List<RawManifest> manifests = children.Count == 1 && chance.Next(2) == 0 ? children : [.. children, List()];
        // Docker's own types know no subjects.
        List<RawManifest> referrers = isDocker ? [] : [.. manifests.Where(_ => chance.Next(3) == 0).Select(Referrer)];
        return new RandomImage([.. blobs.Values], manifests, referrers);

        Blob Keep(Blob blob) => blobs.TryAdd(blob.Descriptor.Digest, blob) ? blob : blobs[blob.Descriptor.Digest];

        // Sizes of every order of magnitude: most layers are small, and some are none.
        Blob Layer()
        {
            var bytes = new byte[chance.Next(20) == 0 ? 0 : (int)Math.Pow(LargestLayer, chance.NextDouble())];
            chance.NextBytes(bytes);
            return Blob.FromBytes(isDocker ? MediaTypes.DockerLayerGzip : MediaTypes.OciLayerGzip, bytes);
        }

        RawManifest Child(int number)
        {
            var config = Keep(Json(isDocker ? MediaTypes.DockerConfig : MediaTypes.OciConfig, $$"""{"architecture":"arch{{number}}","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]},"chance":{{chance.Next()}}}"""));
            var layers = Enumerable.Range(0, chance.Next(0, 6)).Select(_ => Keep(chance.Next(2) == 0 ? shared[chance.Next(shared.Count)] : Layer()));
            return Manifest(isDocker ? MediaTypes.DockerManifest : MediaTypes.OciManifest, $$""","config":{{Text(config.Descriptor)}},"layers":[{{string.Join(',', layers.Select(l => Text(l.Descriptor)))}}]""");
        }

        RawManifest List() => Manifest(isDocker ? MediaTypes.DockerList : MediaTypes.OciIndex,
            $$""","manifests":[{{string.Join(',', children.Select((c, i) => Text(c.Descriptor)[..^1] + $$""","platform":{"architecture":"arch{{i}}","os":"linux"} }"""))}}]""");

        RawManifest Referrer(RawManifest subject)
        {
            var config = Keep(Json("application/vnd.oci.empty.v1+json", "{}"));
            var statement = Keep(Json("application/json", $$"""{"chance":{{chance.Next()}}}"""));
            return Manifest(MediaTypes.OciManifest, $$""","artifactType":"application/vnd.example.sbom","config":{{Text(config.Descriptor)}},"layers":[{{Text(statement.Descriptor)}}],"subject":{{Text(subject.Descriptor)}}""");
        }
    }

    private static Blob Json(string mediaType, string text) => Blob.FromBytes(mediaType, Encoding.UTF8.GetBytes(text));

    private static RawManifest Manifest(string mediaType, string members) =>
        RawManifest.Parse(Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{mediaType}}"{{members}} }"""), mediaType);

    private static string Text(Descriptor of) => $$"""{"mediaType":"{{of.MediaType}}","digest":"{{of.Digest}}","size":{{of.Size}} }""";
}
