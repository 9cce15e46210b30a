using System.Security.Cryptography;
using System.Text;
using Viaduct.Build.Engines.Connections;

namespace Viaduct.Build.Tests.Engines;

/// <summary>docker's configuration folder in a home of its own, with an environment of its own.</summary>
internal sealed class ClientFolder : IDisposable
{
    private readonly Dictionary<string, string> _variables;

    public ClientFolder()
    {
        Home = Directory.CreateTempSubdirectory("viaduct-client-").FullName;
        _variables = new() { ["HOME"] = Home, ["PATH"] = $"{Home}/bin" };
    }

    public string Home { get; }

    public DockerEndpoints Endpoints => new(Variable);

    public DockerConnector Connector => new(Variable);

    public string? Variable(string name) => _variables.GetValueOrDefault(name);

    public ClientFolder With(string variable, string? value)
    {
        if (value is not null) _variables[variable] = value.Replace("HOME", Home);
        return this;
    }

    public ClientFolder File(string path, string text)
    {
        var full = At(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, text);
        return this;
    }

    /// <summary>As <c>docker context create</c> writes it.</summary>
    public ClientFolder Context(string name, string host, bool skip = false, string folder = ".docker") =>
        File($"{folder}/contexts/meta/{Id(name)}/meta.json",
            "{\"Name\":\"" + name + "\",\"Metadata\":{},\"Endpoints\":{\"docker\":{\"Host\":\"" + host + "\",\"SkipTLSVerify\":" + (skip ? "true" : "false") + "}}}");

    public ClientFolder ContextFile(string name, string file, string text) => File($"{TlsOf(name)}/{file}", text);

    public static string TlsOf(string name) => $".docker/contexts/tls/{Id(name)}/docker";

    public ClientFolder Program(string name, string text)
    {
        File($"bin/{name}", text);
        if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(At($"bin/{name}"), (UnixFileMode)0b111_101_101);
        return this;
    }

    public string At(string path) => Path.Combine(Home, path);

    public void Dispose() => Directory.Delete(Home, recursive: true);

    private static string Id(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
