using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>The failures of engines: VIA219x.</summary>
internal static class EngineErrors
{
    private const int MostWords = 1000;

    public static ViaductException NoneFound(IEnumerable<string> lookedAt) =>
        new("VIA2190", $"no engine was found: {string.Join("; ", lookedAt)}",
            todo: "Start docker, podman or containerd, or say where it is: DOCKER_HOST, CONTAINER_HOST, CONTAINERD_ADDRESS, or --into with --address. 'viaduct export' writes the image to a file.");

    public static ViaductException BadAddress(string address, string why) =>
        new("VIA2191", $"it is no address of an engine: {why}", Short(address), "Write unix:///PATH or tcp://HOST:PORT; for other ways pipe 'viaduct export … --format docker-archive --output -' into 'docker load'.", ExitCode.Usage);

    public static ViaductException Refused(EngineInfo engine, string words, Exception? inner = null) =>
        new("VIA2192", $"{engine.Name} did not take the image: {Short(words)}", engine.Address, inner: inner);

    public static string Short(string text)
    {
        var line = text.Trim().ReplaceLineEndings(" ");
        return line.Length <= MostWords ? line : line[..MostWords] + "…";
    }
}
