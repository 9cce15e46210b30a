using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.InteropServices;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct version</c>: what this is, for bug reports and scripts.</summary>
internal static class VersionVerb
{
    public static string Version =>
        typeof(VersionVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static Command Make(Caller caller)
    {
        var output = CommonOptions.Output();
        return new Verb("version", "Show the version.", "viaduct version --output json") { output }.Does(caller, parse =>
        {
            if (!CommonOptions.IsJson(parse, output))
                caller.Text.WriteLine($"viaduct {Version}");
            else
                caller.Write(Json.Document(version: 1, json => json
                    .Name("viaduct").String(Version)
                    .Name("runtime").String(RuntimeInformation.FrameworkDescription)
                    .Name("platform").String(RuntimeInformation.RuntimeIdentifier)));
            return ExitCode.Done;
        });
    }

    /// <summary><c>viaduct --version</c>, as other tools have it.</summary>
    internal sealed class Line : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parse)
        {
            parse.InvocationConfiguration.Output.WriteLine($"viaduct {Version}");
            return 0;
        }
    }
}
