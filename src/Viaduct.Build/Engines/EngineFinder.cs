using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>Finds the engine that a user has: docker, else podman, else containerd, each where its own client looks for it.</summary>
/// <param name="variable">The environment.</param>
public sealed class EngineFinder(Func<string, string?> variable)
{
    public static readonly string[] Names = ["docker", "podman", "containerd"];

    /// <param name="into">One of <see cref="Names"/>; null for the first that answers.</param>
    /// <param name="address">Where that one is; null for where its client would look.</param>
    /// <exception cref="ViaductException">VIA2190 with all that was looked at; VIA2191.</exception>
    public async Task<IEngine> FindAsync(string? into, string? address, CancellationToken cancellationToken)
    {
        var looked = new List<string>();
        foreach (var name in into is null ? Names : [into])
        {
            foreach (var place in address is null ? Places(name) : [address])
            {
                try
                {
                    return await ConnectAsync(name, place, place == address, cancellationToken).ConfigureAwait(false);
                }
                catch (EngineSilence silence)
                {
                    looked.Add($"{name} at {place}: {EngineErrors.Short(silence.Message)}");
                }
            }
        }
        throw EngineErrors.NoneFound(looked);
    }

    /// <param name="isGiven">True when the user's client would look elsewhere.</param>
    private async Task<IEngine> ConnectAsync(string name, string place, bool isGiven, CancellationToken cancellationToken)
    {
        NeedSocket(place);
        if (name == "containerd")
            return await ContainerdEngine.ConnectAsync(new Ctr(Program("ctr"), Bare(place), Value("CONTAINERD_NAMESPACE") ?? ContainerdEngine.DefaultNamespace), cancellationToken).ConfigureAwait(false);
        var address = place.StartsWith('/') ? "unix://" + place : place;
        if (Value("DOCKER_TLS_VERIFY") is not null && address.StartsWith("tcp:", StringComparison.Ordinal))
            throw EngineErrors.BadAddress(address, "with DOCKER_TLS_VERIFY it needs TLS, which is not spoken");
        string[] elsewhere = name == "docker" ? ["docker", "--host", address] : ["podman", "--url", address];
        return await DockerEngine.ConnectAsync(address, isGiven ? elsewhere : [name], cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<string> Places(string name) => name switch
    {
        "docker" => [Value("DOCKER_HOST") ?? (OperatingSystem.IsWindows() ? "npipe://./pipe/docker_engine" : "unix:///var/run/docker.sock")],
        "podman" when Value("CONTAINER_HOST") is { } host => [host],
        // podman-system-service(1): the user's, then root's.
        "podman" => [.. Value("XDG_RUNTIME_DIR") is { } run ? [$"unix://{run}/podman/podman.sock"] : (string[])[], "unix:///run/podman/podman.sock"],
        _ => [Value("CONTAINERD_ADDRESS") ?? ContainerdEngine.DefaultAddress],
    };

    /// <summary>Who connects is told something else, or waits.</summary>
    private static void NeedSocket(string place)
    {
        if (Bare(place) is ['/', ..] path && !File.Exists(path)) throw new EngineSilence("there is no such socket");
    }

    private static string Bare(string address) => address.StartsWith("unix://", StringComparison.Ordinal) ? address["unix://".Length..] : address;

    private string Program(string name) =>
        (Value("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new EngineSilence($"there is no {name} on the PATH");

    private string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;
}
