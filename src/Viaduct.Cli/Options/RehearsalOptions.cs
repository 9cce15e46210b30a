using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Server;

namespace Viaduct.Cli.Options;

/// <summary>Which registry the embedded one plays.</summary>
internal sealed class RehearsalOptions
{
    private readonly Option<string?> _as = new("--as") { Description = $"Behave like this registry of the field: {string.Join(", ", Rehearsal.Names)}.", HelpName = "NAME" };
    private readonly Option<string[]> _accounts = new("--account") { Description = "A test account instead of the usual one; may be repeated.", HelpName = "NAME:PASSWORD" };
    private readonly Option<string[]> _settings = new("--set") { Description = "Something about the played registry, such as pulls=10; may be repeated.", HelpName = "NAME=VALUE" };
    private readonly Option<string?> _requests = new("--requests") { Description = "Write what was asked, as JSON, when serving ends.", HelpName = "FILE" };

    public RehearsalOptions() => _as.CompletionSources.Add([.. Rehearsal.Names]);

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_as, _accounts, _settings, _requests]) command.Add(option);
    }

    public bool NamesAccounts(ParseResult parse) => parse.GetValue(_accounts) is { Length: > 0 };

    public Rehearsal? Read(ParseResult parse)
    {
        if (parse.GetValue(_as) is { } name) return new Rehearsal(name, parse.GetValue(_accounts) ?? [], parse.GetValue(_settings) ?? []);
        foreach (var option in (Option[])[_accounts, _settings, _requests])
            if (parse.GetResult(option) is not null)
                throw CliErrors.Usage($"'{option.Name}' says something about a registry that is played, and none is", $"Name one with --as: {string.Join(", ", Rehearsal.Names)}.");
        return null;
    }

    public string? ReportFile(ParseResult parse, Caller caller) => CommonOptions.FileToWrite(parse, caller, _requests);
}
