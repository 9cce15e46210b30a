using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Cli.Options;

/// <summary>Where the content of registries is read before they are asked themselves.</summary>
internal sealed class MirrorOptions
{
    private const string Variable = "VIADUCT_MIRRORS";

    private readonly Option<string[]> _mirrors = new("--mirror") { Description = "Read what is in a registry at this mirror first; may be given again.", HelpName = "HOST=URL" };
    private readonly Option<string?> _hosts = new("--hosts-dir") { Description = "A folder of containerd's hosts.toml files, which name mirrors.", HelpName = "DIR" };

    public void AddTo(Command command)
    {
        command.Options.Add(_mirrors);
        command.Options.Add(_hosts);
    }

    /// <summary>Those of the command line, else those of the environment, in the order in which they stand there.</summary>
    /// <exception cref="ViaductException">VIA9062, and VIA3064 for an address that is none.</exception>
    public IReadOnlyDictionary<string, IReadOnlyList<RegistryMirror>> Mirrors(ParseResult parse, Caller caller)
    {
        var given = Inputs.Words(parse.GetValue(_mirrors) ?? []).ToList();
        var from = given.Count > 0 ? "--mirror" : Variable;
        if (given.Count == 0) given = [.. Inputs.Words([caller.Variable(Variable) ?? ""])];
        return given.Select(text => Read(text, from)).GroupBy(m => m.Host, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<RegistryMirror>)[.. g.Select(m => m.Mirror)], StringComparer.OrdinalIgnoreCase);
    }

    public string? HostsFolder(ParseResult parse, Caller caller)
    {
        if (parse.GetValue(_hosts) is not { } given) return null;
        var folder = Path.GetFullPath(given, caller.Folder);
        return Directory.Exists(folder) ? folder : throw CliErrors.Usage($"--hosts-dir: there is no folder '{given}'", "Name the folder that has a folder for each registry.");
    }

    private static (string Host, RegistryMirror Mirror) Read(string text, string from)
    {
        var (host, address) = text.IndexOf('=') is > 0 and var at ? (text[..at], text[(at + 1)..]) : ("", "");
        // What stands before the slash of a reference is a registry; a name that is none would never be asked for.
        return address.Length > 0 && Reference.TryParse($"{host}/x/y", out var name) && name.Registry == (host == "index.docker.io" ? Reference.DockerHub : host)
            ? (name.Registry, RegistryMirror.Parse(address))
            : throw CliErrors.BadMirror(text, from);
    }
}
