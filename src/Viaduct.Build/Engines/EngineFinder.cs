using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>Finds the engine that a user has: docker, else podman, else containerd, each where its own client looks for it.</summary>
/// <param name="variable">The environment.</param>
public sealed class EngineFinder(Func<string, string?> variable)
{
    public static readonly string[] Names = ["docker", "podman", "containerd"];

    /// <param name="into">One of <see cref="Names"/>; null for the first that answers.</param>
    /// <param name="address">Where that one is; null for where its client would look.</param>
    /// <param name="context">Of docker's: then it is docker, and <paramref name="address"/> is null.</param>
    /// <exception cref="ViaductException">VIA2190 with all that was looked at; VIA2191; VIA2193.</exception>
    public async Task<IEngine> FindAsync(string? into, string? address, string? context, CancellationToken cancellationToken)
    {
        var looked = new List<string>();
        foreach (var name in context is not null ? ["docker"] : into is null ? Names : [into])
        {
            foreach (var (place, connect) in Places(name, address, context))
            {
                try
                {
                    return await connect(cancellationToken).ConfigureAwait(false);
                }
                catch (EngineSilence silence)
                {
                    looked.Add($"{name} at {place}: {EngineErrors.Short(silence.Message)}");
                }
            }
        }
        throw EngineErrors.NoneFound(looked);
    }

    private IEnumerable<(string Place, Func<CancellationToken, Task<IEngine>> Connect)> Places(string name, string? address, string? context) => name switch
    {
        "docker" => [Docker(new DockerEndpoints(variable).Find(address, context))],
        "podman" when address is not null => [Podman(address, ["podman", "--url", EngineAddress.Parse(address).Text])],
        "podman" when Value("CONTAINER_HOST") is { } host => [Podman(host, ["podman"])],
        // podman-system-service(1): the user's, then root's.
        "podman" => [.. Value("XDG_RUNTIME_DIR") is { } run ? [Podman($"unix://{run}/podman/podman.sock", ["podman"])] : ((string, Func<CancellationToken, Task<IEngine>>)[])[], Podman("unix:///run/podman/podman.sock", ["podman"])],
        _ => [Containerd(address ?? Value("CONTAINERD_ADDRESS") ?? ContainerdEngine.DefaultAddress)],
    };

    private (string, Func<CancellationToken, Task<IEngine>>) Docker(DockerEndpoint endpoint) =>
        (endpoint.Address.Text, async token => new DockerEngine(await new DockerConnector(variable).ConnectAsync(endpoint, token).ConfigureAwait(false)));

    /// <summary>The variables of docker's TLS are none of podman's.</summary>
    private (string, Func<CancellationToken, Task<IEngine>>) Podman(string address, IReadOnlyList<string> command) => Docker(new DockerEndpoint(EngineAddress.Parse(address), null, command));

    private (string, Func<CancellationToken, Task<IEngine>>) Containerd(string place) => (place, async token =>
    {
        var socket = place.StartsWith("unix://", StringComparison.Ordinal) ? place["unix://".Length..] : place;
        if (socket is ['/', ..] && !File.Exists(socket)) throw new EngineSilence("there is no such socket");
        return await ContainerdEngine.ConnectAsync(new Ctr(Programs.Find("ctr", variable), socket, Value("CONTAINERD_NAMESPACE") ?? ContainerdEngine.DefaultNamespace), token).ConfigureAwait(false);
    });

    private string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;
}
