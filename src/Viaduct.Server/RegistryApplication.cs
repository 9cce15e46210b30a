using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>All that happens to a request: guard, route, endpoint, error envelope, log.</summary>
internal sealed class RegistryApplication : IHttpApplication<Exchange>
{
    private const int ClientWentAway = 499;

    // errno of Linux, where a quota has its own (macOS's is 69), and Windows' ERROR_DISK_FULL.
    private const int NoSpace = 28;
    private const int NoQuota = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    private readonly EmbeddedRegistryOptions _options;
    private readonly string _storeId;
    private readonly HostGuard _hosts;
    private readonly BlobEndpoint _blobs;
    private readonly UploadEndpoint _uploads;
    private readonly ManifestEndpoint _manifests;
    private readonly ListEndpoint _lists;
    private readonly ReferrersEndpoint _referrers;
    private readonly Step _answer;

    public RegistryApplication(StoreFolder store, EmbeddedRegistryOptions options)
    {
        _options = options;
        _storeId = store.Id;
        _hosts = new HostGuard(options.AllowedHosts);
        var blobs = new BlobStore(store);
        var manifests = new ManifestStore(store, blobs);
        var catalog = new Catalog(store.Paths);
        _blobs = new BlobEndpoint(blobs);
        _uploads = new UploadEndpoint(blobs, new UploadStore(store, options.Clock), options.StallTimeout);
        _manifests = new ManifestEndpoint(manifests, options.Clock, options.StallTimeout);
        _lists = new ListEndpoint(catalog, manifests);
        _referrers = new ReferrersEndpoint(manifests);
        _answer = options.Rehearsal?.Chain(new StoreView(catalog, manifests), options.Clock, AnswerAsync) ?? AnswerAsync;
    }

    public Exchange CreateContext(IFeatureCollection contextFeatures) =>
        new(new DefaultHttpContext(contextFeatures), _options.Clock.GetTimestamp());

    public async Task ProcessRequestAsync(Exchange context)
    {
        try
        {
            context.Header("Docker-Distribution-Api-Version", "registry/2.0");
            context.Header("X-Content-Type-Options", "nosniff");
            _hosts.Check(context.Http.Request);
            context.Route = Route.Parse(context.Target);
            await _answer(context).ConfigureAwait(false);
        }
        catch (RegistryFault fault)
        {
            await context.FaultAsync(fault).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await FailAsync(context, e).ConfigureAwait(false);
        }
    }

    public void DisposeContext(Exchange context, Exception? exception)
    {
        _options.Rehearsal?.Count(context);
        if (_options.Log is not { } log) return;
        log(new RegistryRequest(context.Method, context.Loggable(), context.Http.Response.StatusCode, context.Written, _options.Clock.GetElapsedTime(context.Began))
        {
            Problem = context.Problem,
        });
    }

    private Task AnswerAsync(Exchange exchange) => exchange.Route.Kind switch
    {
        RouteKind.Ping => Ping(exchange),
        RouteKind.Catalog => _lists.CatalogAsync(exchange),
        RouteKind.Tags => _lists.TagsAsync(exchange),
        RouteKind.Manifest => _manifests.AnswerAsync(exchange),
        RouteKind.Blob => _blobs.AnswerAsync(exchange),
        RouteKind.Uploads => _uploads.StartAsync(exchange),
        RouteKind.Upload => _uploads.AnswerAsync(exchange),
        RouteKind.Referrers => _referrers.AnswerAsync(exchange),
        _ => throw RegistryFault.NotFound(),
    };

    private Task Ping(Exchange exchange)
    {
        ListEndpoint.OnlyRead(exchange);
        exchange.Header(EmbeddedRegistry.StoreHeader, _storeId);
        return exchange.JsonAsync(200, "{}"u8.ToArray()).AsTask();
    }

    private static async Task FailAsync(Exchange exchange, Exception e)
    {
        var http = exchange.Http;
        if (http.RequestAborted.IsCancellationRequested)
        {
            if (!http.Response.HasStarted) http.Response.StatusCode = ClientWentAway;
            return;
        }
        exchange.Problem = e.Message;
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }
        switch (e)
        {
            case TimeoutException:
                exchange.Header("Connection", "close");
                await exchange.FaultAsync(RegistryFault.Stalled()).ConfigureAwait(false);
                break;
            case BadHttpRequestException bad:
                await exchange.FaultAsync(new RegistryFault(bad.StatusCode, "SIZE_INVALID", "the body ended before its length")).ConfigureAwait(false);
                break;
            case IOException { HResult: NoSpace or NoQuota or WindowsDiskFull }:
                await exchange.FaultAsync(RegistryFault.DiskFull()).ConfigureAwait(false);
                break;
            default:
                await exchange.FaultAsync(new RegistryFault(500, "UNKNOWN", "the registry could not do it; its log says why")).ConfigureAwait(false);
                break;
        }
    }
}
