using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Registry;

namespace Viaduct.Cli.Options;

/// <summary>How registries are reached, and the folder that is worked in.</summary>
internal sealed class RegistryOptionsGroup
{
    private readonly Option<string[]> _insecure = Insecure();

    private readonly MirrorOptions _mirrors = new();

    private readonly Option<string?> _folder = new("--file-root", "-C") { Description = "The folder of viaduct.yaml; this one by default.", HelpName = "DIR" };

    public static Option<string[]> Insecure() => new("--insecure") { Description = "Reach this registry without TLS; loopback addresses are so anyway.", HelpName = "HOST[:PORT]" };

    public void AddTo(Command command)
    {
        command.Options.Add(_insecure);
        _mirrors.AddTo(command);
        command.Options.Add(_folder);
    }

    public string Root(ParseResult parse, Caller caller)
    {
        var root = Path.GetFullPath(parse.GetValue(_folder) ?? ".", caller.Folder);
        return Directory.Exists(root) ? root : throw CliErrors.Usage($"there is no folder '{root}'", "Name the folder of viaduct.yaml with --file-root.");
    }

    public RegistryClient Client(ParseResult parse, Caller caller) => new(Options(parse, caller));

    public RegistryOptions Options(ParseResult parse, Caller caller) => new()
    {
        Credentials = KnownCredentials.FromEnvironment(caller.Variable),
        PlainHttp = Inputs.Words(parse.GetValue(_insecure) ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase),
        Mirrors = _mirrors.Mirrors(parse, caller),
        HostsFolder = _mirrors.HostsFolder(parse, caller),
        MirrorPassedOver = parse.GetValue(CommonOptions.Verbose) ? why => caller.Error.WriteLine(Failures.Printable(why)) : null,
        Warned = warning => caller.Error.WriteLine($"warning: {warning.Registry}: {Failures.Printable(warning.Text)}"),
        Trace = parse.GetValue(CommonOptions.Verbose) ? trace => caller.Error.WriteLine(Line(trace)) : null,
    };

    internal static string Line(RequestTrace trace) =>
        $"{trace.Method} {trace.Path} {(trace.Status == 0 ? "no answer" : trace.Status)} {trace.Duration.TotalMilliseconds:0.0} ms {trace.Bytes} B";
}
