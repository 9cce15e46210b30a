using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>The failures of the embedded registry: VIA4xxx.</summary>
internal static class ServerErrors
{
    public static ViaductException PortInUse(int port, Exception inner) =>
        new("VIA4001", $"port {port} is in use, so the embedded registry cannot listen on it", $"127.0.0.1:{port}",
            "Stop the process that listens there, or choose another port with --port (0 takes any free one).", inner: inner);

    public static ViaductException PortRefused(int port, Exception inner) =>
        new("VIA4003", $"the embedded registry may not listen on port {port}: {inner.Message}", $"127.0.0.1:{port}",
            "Choose a port above 1023 with --port.", inner: inner);

    public static ViaductException StoreInUse(string store, Exception inner) =>
        new("VIA4002", "another process owns this registry store", store,
            "One process at a time serves a store: push to the registry that is running, stop it, or name another store.", inner: inner);

    public static ViaductException StoreUnusable(string store, string why, Exception? inner = null) =>
        new("VIA4004", $"the registry store cannot be used: {why}", store,
            "Name a folder that this user may read and write.", inner: inner);
}
