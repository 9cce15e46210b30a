using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary><c>/v2/_catalog</c> and <c>/v2/NAME/tags/list</c>.</summary>
internal sealed class ListEndpoint(Catalog catalog, ManifestStore manifests)
{
    public Task CatalogAsync(Exchange exchange)
    {
        OnlyRead(exchange);
        var names = Page.Of(exchange).Take(catalog.Repositories(), exchange);
        return SendAsync(exchange, new GoJsonWriter().BeginObject(), "repositories", names);
    }

    public Task TagsAsync(Exchange exchange)
    {
        OnlyRead(exchange);
        var repository = exchange.Repository;
        if (!catalog.Has(repository)) throw RegistryFault.UnknownName(repository);
        var tags = Page.Of(exchange).Take(manifests.Tags(repository).Select(t => t.Text), exchange);
        return SendAsync(exchange, new GoJsonWriter().BeginObject().Name("name").String(repository.Text), "tags", tags);
    }

    internal static void OnlyRead(Exchange exchange)
    {
        if (exchange.Method is not ("GET" or "HEAD")) throw RegistryFault.NotAllowed(exchange.Method);
    }

    private static Task SendAsync(Exchange exchange, GoJsonWriter json, string member, List<string> entries)
    {
        json.Name(member).BeginArray();
        foreach (var entry in entries) json.String(entry);
        return exchange.JsonAsync(200, json.EndArray().EndObject().ToBytes()).AsTask();
    }
}
