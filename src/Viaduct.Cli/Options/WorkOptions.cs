using System.CommandLine;
using Viaduct.Build;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Execution;
using Viaduct.Registry;

namespace Viaduct.Cli.Options;

/// <summary>What a job may do.</summary>
internal sealed class WorkOptions
{
    private readonly Argument<string[]> _images = new("IMAGE") { Description = "Images to work on, with what they are built from; all by default.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _force = new("--force") { Description = "Build everything, although the registry has it." };
    private readonly Option<bool> _moveTag = new("--move-tag") { Description = "Let tags that exist with other content be moved." };

    public SetOptions Set { get; } = new();

    public void AddTo(Command command)
    {
        command.Arguments.Add(_images);
        Set.AddTo(command);
        command.Options.Add(Set.Attest);
        command.Options.Add(_force);
        command.Options.Add(_moveTag);
    }

    public JobOptions Job(ParseResult parse, Caller caller, ImageSet set, string prefix, bool isEmbedded) => new()
    {
        Set = set,
        Prefix = prefix,
        // The embedded registry belongs to this folder: nobody else relies on its tags.
        MayMoveTags = isEmbedded || parse.GetValue(_moveTag),
        Images = parse.GetValue(_images) ?? [],
        Force = parse.GetValue(_force),
        Epoch = Inputs.Epoch(caller.Variable("SOURCE_DATE_EPOCH")),
        StateFolder = Path.Combine(set.Root, ".viaduct"),
        Host = new BuilderHost(caller.Variable, KnownCredentials.FromEnvironment(caller.Variable), Path.Combine(set.Root, ".viaduct", "spool")),
    };
}
