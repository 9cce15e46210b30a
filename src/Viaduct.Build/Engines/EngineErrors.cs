using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>The failures of engines: VIA219x.</summary>
internal static class EngineErrors
{
    public const int MostWords = 1000;

    public static ViaductException NoneFound(IEnumerable<string> lookedAt) =>
        new("VIA2190", $"no engine was found: {string.Join("; ", lookedAt)}",
            todo: "Start docker, podman or containerd, or say where it is: DOCKER_HOST, DOCKER_CONTEXT, CONTAINER_HOST, CONTAINERD_ADDRESS, --context, or --into with --address. 'viaduct export' writes the image to a file.");

    public static ViaductException BadAddress(string address, string why) =>
        new("VIA2191", $"it is no address of an engine: {why}", Short(WithoutUser(address)), "Write unix:///PATH, tcp://HOST:PORT or ssh://[USER@]HOST[:PORT].", ExitCode.Usage);

    public static ViaductException Refused(EngineInfo engine, string words, Exception? inner = null) =>
        new("VIA2192", $"{engine.Name} did not take the image: {Short(words)}", engine.Address, inner: inner);

    public static ViaductException NoContext(string name, string path) =>
        new("VIA2193", $"docker has no context '{Short(name)}'", path, "'docker context ls' shows those that there are; --context, DOCKER_CONTEXT and currentContext in docker's config.json name one.", ExitCode.Usage);

    /// <summary>A file of docker's client. Nothing of what stands in it is told: it may hold secrets.</summary>
    public static ViaductException Configuration(string path, string why) =>
        new("VIA2193", $"docker's configuration cannot be used: {why}", path, exit: ExitCode.Usage);

    public static string Short(string text)
    {
        var line = Line(text);
        return line.Length <= MostWords ? line : line[..MostWords] + "…";
    }

    /// <summary>What comes from a process or an engine does nothing to a terminal.</summary>
    public static string Line(string text) => new([.. text.Trim().ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? ' ' : c)]);

    /// <summary>Before the @ there may be a password.</summary>
    private static string WithoutUser(string address) =>
        address.Split("://", 2) is [var scheme, var rest] && rest.LastIndexOf('@') is >= 0 and var at && rest[..at].Contains(':', StringComparison.Ordinal) ? $"{scheme}://…{rest[at..]}" : address;
}
