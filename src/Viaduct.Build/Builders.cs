using System.Collections.Concurrent;
using Viaduct.Build.Engines;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>
/// Gives each build to the builder that its request names. <c>auto</c> is the embedded one for all that it can do; what it cannot
/// (RUN, Windows) goes to the engine of the platform: docker, or buildx where the wish needs a session (secrets, ssh, provenance…).
/// </summary>
public sealed class Builders : IImageBuilder, IDisposable
{
    private readonly ContentHashes _hashes = new();
    private readonly ConcurrentDictionary<BuilderName, Lazy<IImageBuilder>> _engines = new();
    private readonly BuilderHost _host;
    private readonly EmbeddedBuilder _embedded;

    public Builders(BuilderHost host)
    {
        _host = host;
        _embedded = new EmbeddedBuilder(_hashes);
    }

    public string Name => "auto";

    /// <summary>The builder that will make it: never <see cref="BuilderName.Auto"/>.</summary>
    /// <exception cref="ViaductException">VIA21xx for the Dockerfile.</exception>
    public static async Task<BuilderName> ChooseAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        if (request.Builder.Kind != BuilderKind.Auto) return request.Builder;
        if (!request.Engine.HasAttestations && request.Platform.Os != "windows"
            && (await DockerfileFeatures.OfAsync(request, cancellationToken).ConfigureAwait(false)).FirstForeign is null) return BuilderName.Embedded;
        return request.RunsOn ?? (request.Engine.NeedsSession ? BuilderName.Buildx : BuilderName.Docker);
    }

    public async Task<Digest> KeyAsync(BuildRequest request, CancellationToken cancellationToken) =>
        await (await ForAsync(request, cancellationToken).ConfigureAwait(false)).KeyAsync(request, cancellationToken).ConfigureAwait(false);

    public async Task CheckAsync(IReadOnlyList<BuildRequest> requests, CancellationToken cancellationToken)
    {
        var chosen = await Task.WhenAll(requests.Select(async r => (Request: r, Builder: await ForAsync(r, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        // All of them, so that the troubles of several engines are told at once.
        var troubles = await Task.WhenAll(chosen.GroupBy(c => c.Builder, c => c.Request).Select(g => TroubleAsync(g.Key, [.. g], cancellationToken))).ConfigureAwait(false);
        if (troubles.OfType<ViaductException>().ToList() is [var first, .. var others]) throw first.And([.. others.Select(o => $"{o.Code}: {o.Message}")]);
    }

    public async Task<BuiltImage> BuildAsync(BuildRequest request, BlobSpool spool, CancellationToken cancellationToken)
    {
        var builder = await ForAsync(request, cancellationToken).ConfigureAwait(false);
        var isEmbedded = builder == _embedded;
        // That one looks at the context once, for the key and for the layers, unless commands prepared a part of it.
        if (isEmbedded && request.Prepared is null) return await builder.BuildAsync(request, spool, cancellationToken).ConfigureAwait(false);

        var key = await builder.KeyAsync(request, cancellationToken).ConfigureAwait(false);
        var image = await builder.BuildAsync(request, spool, cancellationToken).ConfigureAwait(false);
        // An image under the key of other content would be taken for right by every later run.
        if (await builder.KeyAsync(request, cancellationToken).ConfigureAwait(false) != key) throw BuildErrors.InputsChanged(request.Name, request.Platform);
        return image with { Key = key, IsCostly = !isEmbedded };
    }

    public void Dispose()
    {
        foreach (var engine in _engines.Values)
            if (engine is { IsValueCreated: true, Value: IDisposable disposable }) disposable.Dispose();
    }

    private static async Task<ViaductException?> TroubleAsync(IImageBuilder builder, IReadOnlyList<BuildRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            await builder.CheckAsync(requests, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ViaductException e)
        {
            return e;
        }
    }

    private async Task<IImageBuilder> ForAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        var name = await ChooseAsync(request, cancellationToken).ConfigureAwait(false);
        return name.Kind == BuilderKind.Embedded ? _embedded : _engines.GetOrAdd(name, n => new(() => n.Kind == BuilderKind.Docker
            ? new DockerBuilder(n, _host, _hashes)
            : new BuildxBuilder(n, _host, _hashes))).Value;
    }
}
