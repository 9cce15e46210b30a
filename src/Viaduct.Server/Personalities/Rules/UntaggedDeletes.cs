using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>Docker Hub deletes a manifest by digest, and only when no tag points at it (docs.docker.com, DeleteImageManifest).</summary>
internal sealed class UntaggedDeletes(StoreView store) : IRule
{
    public string Name => "untagged-deletes";

    public Task AnswerAsync(Exchange exchange, Step next)
    {
        if (exchange.Method != "DELETE" || exchange.Route.Kind != RouteKind.Manifest) return next(exchange);
        if (exchange.Route.NamesTag()) throw this.Refuse(exchange, 405, "UNSUPPORTED", "tags are not deleted here");
        return Digest.TryParse(exchange.Route.Reference, out var digest) && store.IsTagged(exchange.Repository, digest)
            ? throw this.Refuse(exchange, 403, "DENIED", "a tag points at this manifest")
            : next(exchange);
    }
}
