using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Verbs;

/// <summary>A verb: a command with examples in its help, whose failures end in <see cref="Failures"/>.</summary>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;

    public Verb Does(Caller caller, Func<ParseResult, ExitCode> work) => Does(caller, (parse, _) => Task.FromResult(work(parse)));

    public Verb Does(Caller caller, Func<ParseResult, CancellationToken, Task<ExitCode>> work)
    {
        SetAction((parse, cancellationToken) => Failures.GuardAsync(caller, () => work(parse, cancellationToken), cancellationToken));
        return this;
    }
}
