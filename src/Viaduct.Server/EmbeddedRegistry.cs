using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>
/// A distribution-spec 1.1 registry on 127.0.0.1 over a folder. An acknowledged write is on the disk.
/// </summary>
/// <remarks>Kestrel stands alone here, without a host, a container or a pipeline of middleware: it starts in milliseconds.</remarks>
public sealed class EmbeddedRegistry : IAsyncDisposable
{
    public const int DefaultPort = 5842;

    /// <summary>On the answer to <c>/v2/</c>: whose store this registry serves. See <see cref="ReadStoreId"/>.</summary>
    public const string StoreHeader = "Viaduct-Store";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Both null when another process serves the store.
    private readonly KestrelServer? _server;
    private readonly StoreFolder? _store;
    private readonly TimeProvider _clock;
    private int _disposed;

    private EmbeddedRegistry(KestrelServer? server, StoreFolder? store, string storeId, int port, TimeProvider clock)
    {
        _server = server;
        _store = store;
        _clock = clock;
        StoreId = storeId;
        Port = port;
    }

    /// <summary><c>127.0.0.1:5842</c>.</summary>
    public string Address => $"127.0.0.1:{Port}";

    public int Port { get; }

    /// <summary>What <see cref="StoreHeader"/> says.</summary>
    public string StoreId { get; }

    /// <exception cref="Oci.ViaductException">VIA4001 port in use, VIA4002 store in use, VIA4003 port refused, VIA4004 store unusable.</exception>
    public static async Task<EmbeddedRegistry> StartAsync(EmbeddedRegistryOptions options, CancellationToken cancellationToken)
    {
        var store = StoreFolder.Open(options);
        KestrelServer? server = null;
        try
        {
            var application = new RegistryApplication(store, options);
            server = Listener(options.Port);
            await server.StartAsync(application, cancellationToken).ConfigureAwait(false);
            return new EmbeddedRegistry(server, store, store.Id, BoundPort(server), options.Clock);
        }
        catch (Exception e)
        {
            server?.Dispose();
            store.Dispose();
            if (e is IOException && e.InnerException is AddressInUseException) throw ServerErrors.PortInUse(options.Port, e);
            if (e is SocketException) throw ServerErrors.PortRefused(options.Port, e);
            throw;
        }
    }

    /// <summary>
    /// Starts a registry over the store, or joins the process that serves this very store on the port already (<c>viaduct registry serve</c>):
    /// one process owns a store, all others speak HTTP.
    /// </summary>
    /// <exception cref="ViaductException">As <see cref="StartAsync"/>, when whoever holds port or store is somebody else.</exception>
    public static async Task<EmbeddedRegistry> OpenAsync(EmbeddedRegistryOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await StartAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e) when (e.Code is "VIA4001" or "VIA4002")
        {
            if (ReadStoreId(options.Store) is { } id && await StoreProbe.ReadIdAsync(options.Port, cancellationToken).ConfigureAwait(false) == id)
                return new EmbeddedRegistry(null, null, id, options.Port, options.Clock);
            throw;
        }
    }

    /// <summary>
    /// The id of a store, or null when there is none: a registry whose <c>/v2/</c> carries the same id in <see cref="StoreHeader"/> serves this very store.
    /// </summary>
    public static string? ReadStoreId(string store) => StoreFolder.ReadId(store);

    /// <summary>Lets running requests end for a moment, then closes what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        if (_server is null) return;
        using var patience = new CancellationTokenSource(Patience, _clock);
        await _server.StopAsync(patience.Token).ConfigureAwait(false);
        _server.Dispose();
        _store!.Dispose();
    }

    private static KestrelServer Listener(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        // A blob has no largest size, and whoever stands still is cut off by StallTimeout: a rate would punish clients that wait for a slow source.
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        // Readers may pause while they unpack what they have.
        options.Limits.MinResponseDataRate = new MinDataRate(240, TimeSpan.FromMinutes(2));
        options.Limits.MaxConcurrentConnections = 1024;
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        return new KestrelServer(
            Options.Create(options),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    private static int BoundPort(KestrelServer server) =>
        new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
}
