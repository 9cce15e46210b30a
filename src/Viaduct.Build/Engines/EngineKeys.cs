using Viaduct.Build.Attesting;
using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>
/// Input keys of images that an engine builds. RUN may look at anything, so all of the context counts, and the Dockerfile as it is written;
/// which engine it is and where does not.
/// </summary>
internal sealed class EngineKeys(ContentHashes hashes)
{
    /// <summary>Changes when the same inputs begin to make other bytes for a reason that is not among them.</summary>
    private const string Format = "viaduct engine builder 1";

    public async Task<Digest> OfAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        var dockerfile = DockerfileReader.Read(request.Dockerfile);
        using var hash = new KeyHash();
        hash.Add(Format).Add(request.Epoch).Add(request.Platform.ToString()).Add(request.Target)
            .Add(request.Form.Compressor.ToString()).Add(request.Form.Kind.ToString())
            .Add(request.Engine.Provenance).Add(request.Engine.Sbom ? 1 : 0).Add(request.Engine.Classic ? 1 : 0).Add(request.Engine.Network)
            .AddAll(request.Engine.Secrets).AddAll(request.Engine.Ssh);
        AddPairs(hash, request.Args);
        AddPairs(hash, request.Labels);
        BuildParameters.AddTo(hash, request);
        if (request.Prepared is { } prepared) hash.Add("prepared").Add(prepared.Key.ToString());
        hash.Add(await File.ReadAllTextAsync(request.Dockerfile, cancellationToken).ConfigureAwait(false));
        await AddBasesAsync(hash, dockerfile, request, cancellationToken).ConfigureAwait(false);
        await AddContextAsync(hash, BuildContext.ForKey(request), cancellationToken).ConfigureAwait(false);
        return hash.Finish();
    }

    /// <summary>
    /// What is wanted for the machine that builds (<c>--platform=$BUILDPLATFORM</c>) counts by the image for the target, so that a key does not
    /// depend on whose machine it is computed on; by this machine's where there is none.
    /// </summary>
    private static async Task AddBasesAsync(KeyHash hash, Dockerfile dockerfile, BuildRequest request, CancellationToken cancellationToken)
    {
        var graph = new StageGraph(dockerfile, EngineRequest.At(request, request.Platform));
        var anywhere = graph.NamedImages;
        var here = new StageGraph(dockerfile, request).NamedImages;
        hash.Add(anywhere.Count);
        foreach (var (image, platform) in anywhere)
        {
            var asked = platform;
            string key;
            try
            {
                key = await request.Bases.KeyAsync(image, asked, cancellationToken).ConfigureAwait(false);
            }
            catch (ViaductException) when (here.FirstOrDefault(n => n.Image == image && n.Platform != platform) is { Platform: not null } other)
            {
                asked = other.Platform;
                key = await request.Bases.KeyAsync(image, asked, cancellationToken).ConfigureAwait(false);
            }
            hash.Add(image).Add(asked.ToString()).Add(key);
            var onBuild = await request.Bases.OnBuildAsync(image, asked, cancellationToken).ConfigureAwait(false);
            foreach (var source in NamedBase.TriggerSources(graph, image, onBuild))
                hash.Add(source.Image).Add(await request.Bases.KeyAsync(source.Image!, source.Platform, cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task AddContextAsync(KeyHash hash, BuildContext context, CancellationToken cancellationToken)
    {
        foreach (var (path, node) in context.Tree.Root.Below())
        {
            // Sockets and their like are not sent.
            if (node.Content is Uncopyable { IsSpecial: true }) continue;
            hash.Add(path).Add(node.Entry.Kind.ToString()).Add(node.Entry.Mode).Add(node.Entry.LinkTarget);
            if (node.Content is ContextFile file) hash.Add((await hashes.OfAsync(file, cancellationToken).ConfigureAwait(false)).ToString());
        }
    }

    private static void AddPairs(KeyHash hash, IReadOnlyDictionary<string, string> pairs) =>
        hash.AddAll([.. pairs.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => (string[])[p.Key, p.Value])]);
}
