using System.CommandLine;
using System.CommandLine.Completions;
using Viaduct.Cli.Docker;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct manifest</c> as help and shells are to know it. Its words are never parsed here: docker's rules are others.</summary>
internal static class ManifestVerbTree
{
    public static Command Make(Caller caller, bool completes)
    {
        var group = new Command("manifest", "Make, change and push lists as 'docker manifest' does, with docker's own files.");
        if (!completes) return group;
        foreach (var verb in ManifestVerbs.All)
        {
            var command = new Command(verb.Name, verb.Text);
            foreach (var flag in verb.Flags) command.Options.Add(OptionOf(flag));
            if (verb.Arguments.Most != 0) command.Arguments.Add(ListsOf(caller));
            group.Subcommands.Add(command);
        }
        return group;
    }

    private static Option OptionOf(Flag flag)
    {
        var names = flag.Shorthand is { } letter ? new[] { $"-{letter}" } : [];
        if (flag.Kind == FlagKind.Bool) return new Option<bool>($"--{flag.Name}", names) { Description = flag.Text };
        var option = new Option<string[]>($"--{flag.Name}", names) { Description = flag.Text };
        if (flag.Kind == FlagKind.Format) option.CompletionSources.Add("text", "json");
        return option;
    }

    private static Argument<string[]> ListsOf(Caller caller)
    {
        var names = new Argument<string[]>("MANIFEST_LIST") { Arity = ArgumentArity.ZeroOrMore };
        names.CompletionSources.Add(_ => Names(caller));
        return names;
    }

    /// <summary>A shell that waits for words gets none where there is trouble.</summary>
    private static IEnumerable<CompletionItem> Names(Caller caller)
    {
        try
        {
            return [.. ManifestSession.ListsAsync(caller, CancellationToken.None).GetAwaiter().GetResult().Select(n => new CompletionItem(n))];
        }
        catch (Exception e) when (e is ViaductException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
