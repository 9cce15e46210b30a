using System.CommandLine;
using System.Globalization;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Execution;

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
        Epoch = Epoch(caller),
        StateFolder = Path.Combine(set.Root, ".viaduct"),
    };

    /// <summary>reproducible-builds.org/specs/source-date-epoch: seconds since 1970, in decimal digits.</summary>
    public static long Epoch(Caller caller)
    {
        const string name = "SOURCE_DATE_EPOCH";
        var text = caller.Variable(name);
        if (string.IsNullOrEmpty(text)) return 0;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? seconds
            : throw CliErrors.BadVariable(name, $"'{text}' is not a number of seconds since 1970", "Give decimal digits, for example $(git log -1 --pretty=%ct), or unset it.");
    }
}
