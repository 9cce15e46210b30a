using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Build.Engines.Connections;

/// <summary>Where docker's own client would look for its engine (docker/cli cli/command/cli.go, resolveContextName and resolveDefaultDockerEndpoint).</summary>
/// <param name="variable">The environment.</param>
internal sealed class DockerEndpoints(Func<string, string?> variable)
{
    private const string Default = "default";

    private string Folder => Value("DOCKER_CONFIG") ?? Path.Combine(Value("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");

    /// <param name="address">As for <c>--host</c>: it beats all contexts, and the TLS variables are for it.</param>
    /// <param name="context">As for <c>--context</c>.</param>
    /// <exception cref="ViaductException">VIA2191, VIA2193.</exception>
    public DockerEndpoint Find(string? address, string? context)
    {
        if (address is not null)
        {
            var given = EngineAddress.Parse(address);
            return new DockerEndpoint(given, given is TcpAddress ? Variables() : null, ["docker", "--host", given.Text]);
        }
        string[] command = context is null ? ["docker"] : ["docker", "--context", context];
        return (context ?? Current()) is { } name && name != Default ? OfContext(name, command) : OfVariables(command);
    }

    /// <summary>Null for the default context; which is taken, too, when DOCKER_HOST is set.</summary>
    private string? Current() => Value("DOCKER_HOST") is not null ? null
        : Value("DOCKER_CONTEXT") ?? ClientFiles.Text(ClientFiles.ReadObject(Path.Combine(Folder, "config.json")), "currentContext");

    private DockerEndpoint OfVariables(string[] command)
    {
        var tls = Variables();
        var address = EngineAddress.Parse(Value("DOCKER_HOST") ?? (tls is null ? DefaultSocket : "tcp://localhost:2376"));
        return new DockerEndpoint(address, address is TcpAddress ? tls : null, command);
    }

    /// <summary>docker/cli cli/flags/options.go: either variable turns TLS on, and only one of them asks who answers.</summary>
    private EngineTls? Variables()
    {
        var verify = Value("DOCKER_TLS_VERIFY") is not null;
        return verify || Value("DOCKER_TLS") is not null ? new EngineTls(Value("DOCKER_CERT_PATH") ?? Folder, needsCa: true, skipVerify: !verify) : null;
    }

    /// <summary>docker/cli cli/context/store: a context is in the folder that its name's hash names.</summary>
    private DockerEndpoint OfContext(string name, string[] command)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        var path = Path.Combine(Folder, "contexts", "meta", id, "meta.json");
        var meta = ClientFiles.ReadObject(path) ?? throw EngineErrors.NoContext(name, path);
        if (ClientFiles.Member(ClientFiles.Member(meta, "Endpoints", JsonValueKind.Object), "docker", JsonValueKind.Object) is not { } docker)
            throw EngineErrors.Configuration(path, "the context names no engine of docker's");
        var address = EngineAddress.Parse(ClientFiles.Text(docker, "Host") ?? DefaultSocket);
        var skip = ClientFiles.Member(docker, "SkipTLSVerify", JsonValueKind.True) is not null;
        var files = Path.Combine(Folder, "contexts", "tls", id, "docker");
        var hasFiles = Directory.Exists(files);
        return new DockerEndpoint(address, address is TcpAddress && (hasFiles || skip) ? new EngineTls(hasFiles ? files : null, needsCa: false, skip) : null, command);
    }

    private static string DefaultSocket => OperatingSystem.IsWindows() ? "npipe:////./pipe/docker_engine" : "unix:///var/run/docker.sock";

    private string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;
}
