using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Viaduct.Cli.Verbs;

namespace Viaduct.Cli.Help;

/// <summary>The parser's help, then examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parse)
    {
        var exit = help.Invoke(parse);
        var output = parse.InvocationConfiguration.Output;
        if (parse.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
        {
            output.WriteLine("Examples:");
            foreach (var example in verb.Examples) output.WriteLine($"  {example}");
            output.WriteLine();
        }
        return exit;
    }
}
