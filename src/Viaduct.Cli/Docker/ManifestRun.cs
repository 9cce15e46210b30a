using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Oci;

namespace Viaduct.Cli.Docker;

/// <summary>One call of a verb.</summary>
/// <param name="Folder">docker's configuration folder.</param>
/// <param name="Verbose">Every request is told.</param>
internal sealed record ManifestRun(ParsedFlags Flags, Caller Caller, string Folder, bool Verbose, CancellationToken CancellationToken)
{
    public IReadOnlyList<string> Arguments => Flags.Arguments;

    public bool IsJson => Flags.Text("output") == "json";

    public IReadOnlyList<Platform> Platforms(string flag) => Inputs.Platforms(Flags.List(flag), "--" + flag);

    public void Note(string text) => ManifestWords.Note(Caller, text);

    public void Line(string text) => Caller.Text.Write(text + "\n");
}
