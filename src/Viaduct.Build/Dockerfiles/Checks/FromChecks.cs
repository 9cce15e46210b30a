using Viaduct.Oci;

namespace Viaduct.Build.Dockerfiles;

/// <summary>The rules about FROM and the arguments before it (BuildKit, dockerfile2llb/validations.go).</summary>
internal sealed class FromChecks
{
    private readonly Violations _violations;
    private readonly ShellLexer _lexer;
    private readonly ExpansionBudget _budget = new();
    private readonly Dictionary<string, string> _platformArgs;
    private readonly Dockerfile _dockerfile;
    private readonly Variables _variables;
    private readonly HashSet<string> _known;

    public FromChecks(Dockerfile dockerfile, BuildRequest request, Violations violations)
    {
        _violations = violations;
        _dockerfile = dockerfile;
        _lexer = new ShellLexer(dockerfile.Escape);
        _platformArgs = PlatformArgs.Of(request).ToDictionary(a => a.Key, a => request.Args.GetValueOrDefault(a.Key) ?? a.Value);
        _variables = Globals(request.Args);
        _known = [.. _platformArgs.Keys, .. dockerfile.Globals.SelectMany(g => g.Args).Select(a => a.Name)];
    }

    public void Check()
    {
        var defaults = Defaults();
        foreach (var from in _dockerfile.Stages.Select(s => s.From))
        {
            if (defaults is not null) CheckDefault(from, defaults);
            CheckUndefined(from, Expand(from.Base, _variables));
            if (from.Platform is { } platform) CheckPlatform(from, platform);
        }
    }

    /// <summary>With the defaults alone FROM should name an image, too.</summary>
    private void CheckDefault(FromInstruction from, Variables defaults)
    {
        try
        {
            if (Reference.TryParse(_budget.Spend(_lexer.Process(from.Base.Text, defaults)).Text, out _)) return;
        }
        catch (ShellSyntaxException)
        {
            return;
        }
        _violations.Add(CheckRules.InvalidDefaultArgInFrom, $"with the defaults of its arguments '{from.Base}' names no image", from);
    }

    private void CheckUndefined(FromInstruction from, Expansion expansion)
    {
        foreach (var name in expansion.Unmatched.Where(n => !_known.Contains(n)))
            _violations.Add(CheckRules.UndefinedArgInFrom, $"no ARG before the first FROM declares '{name}'{(Nearest.To(name, _known) is { } nearest ? $"; did you mean '{nearest}'?" : "")}", from);
    }

    private void CheckPlatform(FromInstruction from, Word platform)
    {
        var expansion = Expand(platform, _variables);
        CheckUndefined(from, expansion);
        if (expansion.Unmatched.Count == 0 && expansion.Matched.Count == 1 && expansion.Matched.ContainsKey("TARGETPLATFORM") && expansion.Text == _platformArgs["TARGETPLATFORM"])
            _violations.Add(CheckRules.RedundantTargetPlatform, $"--platform={platform} is what FROM does anyway", from);
        var stage = from.StageName ?? "";
        if (expansion.Unmatched.Count == 0 && expansion.Matched.Count == 0 && Platform.TryParse(expansion.Text, out var parsed)
            && !stage.Contains(parsed.Os, StringComparison.Ordinal) && !stage.Contains(parsed.Architecture, StringComparison.Ordinal))
            _violations.Add(CheckRules.FromPlatformFlagConstDisallowed, $"--platform={platform} is the same for all platforms", from);
    }

    private Variables Globals(IReadOnlyDictionary<string, string> args)
    {
        var variables = new Variables();
        foreach (var (name, value) in _platformArgs) variables[name] = value;
        foreach (var (name, value) in _dockerfile.Globals.SelectMany(g => g.Args))
            if (args.TryGetValue(name, out var passed)) variables[name] = passed;
            else if (value is { } word) variables[name] = Expand(word, variables).Text;
        return variables;
    }

    /// <summary>Null when what an argument needs has to be passed.</summary>
    private Variables? Defaults()
    {
        try
        {
            return Globals(new Dictionary<string, string>());
        }
        catch (ViaductException)
        {
            return null;
        }
    }

    private Expansion Expand(Word word, Variables variables)
    {
        try
        {
            return _budget.Spend(_lexer.Process(word.Text, variables));
        }
        catch (ShellSyntaxException e)
        {
            throw BuildErrors.Expansion(word, e.Message);
        }
    }
}
