using System.Collections.Concurrent;
using System.Text;
using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct.Tests;

/// <summary>Stands for an engine: builds as the embedded builder does, counts, fails where it is told to, and leaves provenance.</summary>
internal sealed class ScriptedBuilder : IImageBuilder
{
    private readonly EmbeddedBuilder _embedded = new();

    public ConcurrentQueue<string> Builds { get; } = new();

    public Func<BuildRequest, bool> Fails { get; set; } = _ => false;

    public string Name => "scripted";

    public Task<Digest> KeyAsync(BuildRequest request, CancellationToken cancellationToken) => _embedded.KeyAsync(request, cancellationToken);

    public Task CheckAsync(IReadOnlyList<BuildRequest> requests, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<BuiltImage> BuildAsync(BuildRequest request, BlobSpool spool, CancellationToken cancellationToken)
    {
        Builds.Enqueue($"{request.Name} {request.Platform}");
        if (Fails(request)) throw new ViaductException("VIA2161", $"the engine went away while it built {request.Platform}");
        request.Progress?.Report("[1/1] COPY");
        var image = await _embedded.BuildAsync(request, spool, cancellationToken);
        return image with { IsCostly = true, Attestations = request.Engine.HasAttestations ? [Provenance(image)] : [] };
    }

    private static Attestation Provenance(BuiltImage image)
    {
        var config = Blob.FromBytes(MediaTypes.OciConfig, Encoding.UTF8.GetBytes("{\"architecture\":\"unknown\",\"os\":\"unknown\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"));
        var statement = Blob.FromBytes("application/vnd.in-toto+json", Encoding.UTF8.GetBytes($"{{\"subject\":\"{image.Manifest.Digest}\"}}"));
        var manifest = new ImageManifest(config.Descriptor, [statement.Descriptor]).ToManifest();
        return new Attestation(AttestationEntry.Make(manifest.Descriptor, image.Manifest.Digest), manifest, [config, statement]);
    }
}
