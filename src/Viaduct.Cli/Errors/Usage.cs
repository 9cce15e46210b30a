using System.CommandLine;
using System.CommandLine.Parsing;
using Viaduct.Build;
using Viaduct.Cli.Options;
using Viaduct.Configuration;
using Viaduct.Oci;

namespace Viaduct.Cli.Errors;

/// <summary>Says what was wrong with the words, and the word that was meant.</summary>
internal static class Usage
{
    /// <exception cref="ViaductException">VIA9001.</exception>
    public static void Check(ParseResult parse)
    {
        // Help, version and suggestions are given whatever else is there.
        if (parse.Action is { ClearsParseErrors: true } || ((RootCommand)parse.RootCommandResult.Command).Directives.Any(d => parse.GetResult(d) is not null)) return;
        var command = parse.CommandResult.Command;
        var path = PathOf(command);
        var help = $"'{path} --help' shows how it is called.";
        if (UnknownOption(parse) is { } option)
            throw CliErrors.Usage($"'{path}' has no option '{option}'", Meant(option, OptionsOf(command)) + help);
        if (parse.Errors.Count == 0) return;
        if (parse.UnmatchedTokens is [var word, ..])
            throw CliErrors.Usage(command.Subcommands.Count > 0 ? $"there is no verb '{word}'" : $"'{path}' takes no '{word}'", Meant(word, VerbsOf(command)) + help);
        if (command.Subcommands.Count > 0)
            throw CliErrors.Usage($"'{path}' needs a verb: {string.Join(", ", VerbsOf(command))}", help);
        throw CliErrors.Usage(parse.Errors[0].Message.TrimEnd('.'), help);
    }

    /// <summary>The parser gives a misspelt option to an argument that takes any number of words; only the words of a program begin with a dash.</summary>
    private static string? UnknownOption(ParseResult parse) => parse.Tokens
        .TakeWhile(t => t.Type != TokenType.DoubleDash)
        .Where(t => t.Type == TokenType.Argument && t.Value.Length > 1 && t.Value[0] == '-')
        .Except(parse.CommandResult.Children.OfType<OptionResult>().Where(o => o.Option is WordsOption).SelectMany(o => o.Tokens))
        .Select(t => t.Value.Split('=')[0]).FirstOrDefault();

    private static string Meant(string word, IEnumerable<string> known) => Nearest.To(word, known) is { } near ? $"Did you mean '{near}'? " : "";

    private static IEnumerable<string> VerbsOf(Command command) => command.Subcommands.Select(c => c.Name);

    private static string PathOf(Command command) =>
        command is RootCommand || command.Parents.OfType<Command>().FirstOrDefault() is not { } parent ? "viaduct" : $"{PathOf(parent)} {command.Name}";

    private static IEnumerable<string> OptionsOf(Command command)
    {
        for (Command? at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
            foreach (var option in at.Options)
                if (at == command || option.Recursive)
                    yield return option.Name;
    }
}
