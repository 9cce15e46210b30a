using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Terminal;
using Viaduct.Execution;

namespace Viaduct.Cli.Printing;

/// <summary>Shows what a job does while it does it: on a terminal a line that moves, with --verbose a line for each event, else nothing.</summary>
internal static class Watching
{
    public static Task<T> RunAsync<T>(Caller caller, ParseResult parse, string what, Func<IProgress<JobEvent>?, Task<T>> work)
    {
        if (parse.GetValue(CommonOptions.Verbose)) return work(new Lines(caller));
        return caller.ErrorIsTerminal && caller.Variable("TERM") != "dumb" ? LiveProgress.RunAsync(caller, what, work) : work(null);
    }

    private sealed class Lines(Caller caller) : IProgress<JobEvent>
    {
        public void Report(JobEvent value) => caller.Error.WriteLine(Failures.Printable($"{value.Verb} {value.Subject} {value.Detail}"));
    }
}
