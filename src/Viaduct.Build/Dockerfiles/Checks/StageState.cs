namespace Viaduct.Build.Dockerfiles;

/// <summary>What a stage knows while its instructions are looked at, and what those that stand on it inherit.</summary>
internal sealed record StageState
{
    public Variables Variables { get; private init; } = new();

    /// <summary>What ENV sets, without the arguments.</summary>
    public Dictionary<string, string> Environment { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>Declared, perhaps without a value.</summary>
    public HashSet<string> Arguments { get; private init; } = new(StringComparer.Ordinal);

    public List<string> OnBuild { get; } = [];

    public bool HasShell { get; set; }

    public bool HasWorkdir { get; set; }

    public static StageState Of(IReadOnlyList<string> environment, bool hasShell)
    {
        var state = new StageState { HasShell = hasShell };
        foreach (var pair in (string[])[DefaultPath.Variable, .. environment])
            if (pair.IndexOf('=') is > 0 and var equals) state.Environment[pair[..equals]] = pair[(equals + 1)..];
        return state.Child();
    }

    /// <summary>As an image, which keeps no arguments.</summary>
    public CheckedBase AsBase() => new([.. Environment.Select(e => $"{e.Key}={e.Value}")], HasShell, OnBuild, Platform: null);

    /// <summary>A child sees the arguments of the stage that it stands on, too; what ENV sets goes before them (BuildKit, dispatchState.init).</summary>
    public StageState Child()
    {
        var child = new StageState
        {
            Variables = Variables.Copy(), Environment = new(Environment, StringComparer.Ordinal), Arguments = new(Arguments, StringComparer.Ordinal),
            HasShell = HasShell, HasWorkdir = HasWorkdir,
        };
        foreach (var (name, value) in Environment) child.Variables[name] = value;
        return child;
    }
}
