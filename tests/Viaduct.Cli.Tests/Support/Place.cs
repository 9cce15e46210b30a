using System.Net;
using System.Net.Sockets;
using Viaduct.Cli.Terminal;

namespace Viaduct.Cli.Tests;

/// <summary>A folder of its own with an environment of its own, in which the command line is called.</summary>
internal sealed class Place : IDisposable
{
    private readonly Dictionary<string, string> _variables = new() { ["DOCKER_CONFIG"] = "/nowhere", ["REGISTRY_AUTH_FILE"] = "/nowhere/auth.json" };

    public Place()
    {
        Folder = Directory.CreateTempSubdirectory("viaduct-cli-").FullName;
        Port = FreePort();
        _variables["VIADUCT_PORT"] = Port.ToString();
    }

    public string Folder { get; }

    /// <summary>Where this folder's embedded registry listens.</summary>
    public int Port { get; }

    public string Registry => $"127.0.0.1:{Port}";

    public bool ErrorIsTerminal { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool InputIsTerminal { get; init; }

    /// <summary>Who sits at the terminal.</summary>
    public Func<bool, string?> Ask { get; init; } = _ => throw new InvalidOperationException();

    /// <summary>The name that viaduct is called by.</summary>
    public string InvokedAs { get; init; } = "viaduct";

    /// <summary>What takes the place of another program.</summary>
    public Func<string, IReadOnlyList<string>, (string Name, string Value), Task<int>> Become { get; init; } = (_, _, _) => throw new InvalidOperationException();

    /// <summary>What is sent to standard input.</summary>
    public byte[]? Input { get; set; }

    /// <summary>Standard input that is more than bytes.</summary>
    public Stream? InputStream { get; init; }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public Place With(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    public Place File(string path, string text)
    {
        var full = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, text);
        return this;
    }

    /// <summary>A set of one image for two platforms: small, and with an executable that no node could run.</summary>
    public Place Image(string name, string yaml = "", string dockerfile = "FROM scratch\nCOPY hello.txt /\n") =>
        File($"images/{name}/Dockerfile", dockerfile).File($"images/{name}/hello.txt", "hello\n").File($"images/{name}/image.yaml", yaml);

    public string PathOf(string path) => Path.Combine(Folder, path);

    public Task<Outcome> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    public async Task<Outcome> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        var output = new MemoryStream();
        var error = new StringWriter { NewLine = "\n" };
        var exit = await CommandLine.RunAsync(args, Caller(output, error), cancellationToken);
        return new Outcome(exit, output.ToArray(), error.ToString());
    }

    public Caller Caller(Stream output, TextWriter error) => new()
    {
        Output = output,
        Input = () => InputStream ?? (Input is null ? null : new MemoryStream(Input)),
        Error = TextWriter.Synchronized(error),
        Folder = Folder,
        ErrorIsTerminal = ErrorIsTerminal,
        OutputIsTerminal = OutputIsTerminal,
        InputIsTerminal = InputIsTerminal,
        Ask = Ask,
        InvokedAs = InvokedAs,
        Become = Become,
        Variable = name => _variables.GetValueOrDefault(name),
    };

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
