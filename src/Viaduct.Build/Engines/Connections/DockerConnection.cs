using Docker.DotNet;
using Docker.DotNet.Models;
using Platform = Viaduct.Oci.Platform;
using Version = System.Version;

namespace Viaduct.Build.Engines.Connections;

/// <summary>An engine that answered, over the Engine API: docker, or podman that speaks as docker does.</summary>
/// <param name="client">Without a limit of time: every request has its own.</param>
/// <param name="command">The client that a user runs, with what it needs to find the engine: <c>docker --context NAME</c>.</param>
/// <param name="version">The engine's answer to <c>/version</c>, <paramref name="system"/> that to <c>/info</c>.</param>
internal sealed class DockerConnection(DockerClient client, string address, IReadOnlyList<string> command, VersionResponse version, SystemInfoResponse system) : IDisposable
{
    // API 1.39 (engine 18.09) is the first with version=2 of /build as it is now.
    private static readonly Version FirstWithBuildKit = new(1, 39);

    public DockerClient Client => client;

    public EngineInfo Info { get; } = Told(address, version, system);

    public IReadOnlyList<string> Command => command;

    /// <summary>False when what is sent can be read on the way: TCP without TLS to another machine.</summary>
    public bool IsPrivate { get; init; } = true;

    /// <summary>True when it takes <c>version=2</c> of <c>/build</c>: docker on Linux; podman has buildah instead.</summary>
    public bool HasBuildKit => !IsPodman(version) && Info.Platform.Os == "linux" && Version.TryParse(ApiVersion, out var api) && api >= FirstWithBuildKit;

    /// <summary>As the engine says it: <c>1.51</c>.</summary>
    public string? ApiVersion { get; } = version.APIVersion is { Length: > 0 } api ? EngineErrors.Short(api) : null;

    public void Dispose() => client.Dispose();

    private static bool IsPodman(VersionResponse version) => version.Components?.Any(c => c.Name.StartsWith("Podman", StringComparison.OrdinalIgnoreCase)) == true;

    private static EngineInfo Told(string address, VersionResponse version, SystemInfoResponse system)
    {
        var store = system.DriverStatus?.Any(pair => pair is ["driver-type", "io.containerd.snapshotter.v1"]) == true;
        var platform = new Platform(version.Os ?? "linux", version.Arch ?? "amd64", Variant(version.Arch, system.Architecture, address));
        return new EngineInfo(IsPodman(version) ? "podman" : "docker", EngineErrors.Short(version.Version ?? "?"), address, platform, store);
    }

    /// <summary>What the machine calls itself (uname) tells one arm from another; the level of x86-64 is known of this machine only.</summary>
    private static string? Variant(string? architecture, string? machine, string address) => (architecture, machine) switch
    {
        ("arm", { Length: > 4 }) when machine.StartsWith("armv", StringComparison.Ordinal) => machine[3..5],
        ("amd64", _) when address.StartsWith("unix:", StringComparison.Ordinal) => HostProcessor.Level(),
        _ => null,
    };
}
