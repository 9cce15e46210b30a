using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Hosting;

/// <summary>Reads <c>--name value</c> and <c>--name=value</c>: the host's options and, under any other name, the build's.</summary>
internal sealed class ArgumentParser
{
    private readonly Queue<string> _rest;
    private readonly List<string> _targets = [];
    private readonly List<KeyValuePair<string, string>> _values = [];
    private HostArguments _result = new();

    private ArgumentParser(IEnumerable<string> args) => _rest = new Queue<string>(args);

    public static HostArguments Parse(IEnumerable<string> args) => new ArgumentParser(args).Parse();

    private HostArguments Parse()
    {
        // What follows "--" is the build's, even under a name of the host.
        var onlyValues = false;
        while (_rest.TryDequeue(out var token))
        {
            if (token == "--" && !onlyValues)
            {
                onlyValues = true;
                continue;
            }

            var (name, value) = Split(token);
            var option = onlyValues ? null : HostOption.Find(name);
            if (option is { TakesValue: true })
                SetValue(option, value ?? NextValue() ?? throw new CakeException(ExitCodes.Usage, $"{name} needs a value."));
            else if (option is not null && IsSwitch(value, out var on))
                SetFlag(option, on);
            else
                AddValue(token, name, value);
        }

        return _result with { NamedTargets = _targets, Values = _values };
    }

    private static (string Name, string? Value) Split(string token) =>
        token.IndexOf('=') is > 0 and var at ? (token[..at], token[(at + 1)..]) : (token, null);

    // "--version=1.2.3" is an argument of the build, as it is to Cake; "--version" alone is the host's.
    private static bool IsSwitch(string? value, out bool on)
    {
        on = true;
        return value is null || bool.TryParse(value, out on);
    }

    private void SetFlag(HostOption option, bool on)
    {
        if (option == HostOption.Exclusive)
            _result = _result with { Exclusive = on };
        else if (on && ModeOf(option) is var mode && mode > _result.Mode)
            _result = _result with { Mode = mode };
    }

    private static HostMode ModeOf(HostOption option) =>
        option == HostOption.DryRun ? HostMode.DryRun
        : option == HostOption.Tree ? HostMode.Tree
        : option == HostOption.Descriptions ? HostMode.Descriptions
        : option == HostOption.Version ? HostMode.Version
        : HostMode.Help;

    private void SetValue(HostOption option, string value)
    {
        if (option == HostOption.Target)
            _targets.Add(value);
        else if (option == HostOption.Working)
            _result = _result with { WorkingDirectory = value };
        else
            _result = _result with { Verbosity = ParseVerbosity(value) };
    }

    private void AddValue(string token, string name, string? value)
    {
        if (!name.StartsWith("--", StringComparison.Ordinal) || name.Length == 2)
            throw new CakeException(ExitCodes.Usage, $"'{token}' was not expected: arguments are written --name value or --name=value.");

        _values.Add(KeyValuePair.Create(name[2..], value ?? NextValue() ?? bool.TrueString));
    }

    // A minus begins the next option, unless a digit follows it.
    private string? NextValue() =>
        _rest.TryPeek(out var next) && next is not ['-', not (>= '0' and <= '9'), ..] ? _rest.Dequeue() : null;

    private static Verbosity ParseVerbosity(string value) => value.ToLowerInvariant() switch
    {
        "q" or "quiet" => Verbosity.Quiet,
        "m" or "minimal" => Verbosity.Minimal,
        "n" or "normal" => Verbosity.Normal,
        "v" or "verbose" => Verbosity.Verbose,
        "d" or "diagnostic" => Verbosity.Diagnostic,
        _ => throw new CakeException(ExitCodes.Usage, $"'{value}' is no verbosity: quiet, minimal, normal, verbose or diagnostic."),
    };
}
