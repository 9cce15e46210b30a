namespace Viaduct.Cli.Docker;

/// <summary>A flag of a verb.</summary>
/// <param name="Value">What help calls its value; empty for one without.</param>
/// <param name="Shorthand">One letter, or none.</param>
internal sealed record Flag(string Name, FlagKind Kind, string Value, string Text, char? Shorthand = null)
{
    /// <summary>True for those that docker does not have: help shows them in a block of their own.</summary>
    public bool IsOurs { get; init; }

    /// <summary>docker hides the letter of <c>--help</c> and says at each use that it is deprecated.</summary>
    public bool IsShorthandDeprecated { get; init; }

    /// <summary>As it stands in messages (pflag flag.go, Set).</summary>
    public string Label => Shorthand is { } letter && !IsShorthandDeprecated ? $"-{letter}, --{Name}" : $"--{Name}";

    public static Flag Switch(string name, string text, char? shorthand = null) => new(name, FlagKind.Bool, "", text, shorthand);

    public Flag Ours() => this with { IsOurs = true };
}
