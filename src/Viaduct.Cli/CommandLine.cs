using System.CommandLine;
using Viaduct.Cli.Docker;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli;

/// <summary>The whole command line: words in, streams and an exit code out.</summary>
internal static class CommandLine
{
    // A word that begins with @ is a word: no reference or platform needs response files.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static Task<int> RunAsync(IReadOnlyList<string> args, Caller caller, CancellationToken cancellationToken) =>
        Invocation.RunAsync(args, caller, (words, token) => VerbsAsync(words, caller, token), cancellationToken);

    private static Task<int> VerbsAsync(IReadOnlyList<string> args, Caller caller, CancellationToken cancellationToken) =>
        Failures.GuardAsync(caller, async () =>
        {
            var parse = Verbs.Tree.Make(caller, completes: args is [['[', ..], ..]).Parse(args, Parsing);
            Usage.Check(parse);
            var exit = await parse.InvokeAsync(new InvocationConfiguration
            {
                Output = caller.Text,
                Error = caller.Error,
                // Exceptions and signals are ours: its handler prints stacks, and a cancelled action would end as a silent 1.
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            }, cancellationToken).ConfigureAwait(false);
            caller.Flush();
            return (ExitCode)exit;
        }, cancellationToken);
}
