namespace Viaduct.Cli.Docker;

/// <summary>Flags that cannot be understood, in pflag's words.</summary>
internal sealed class FlagException(string words) : Exception(words)
{
    public static FlagException Unknown(string name) => new($"unknown flag: --{name}") { Name = name };

    /// <summary>The flag that does not exist, without dashes; null when something else is wrong.</summary>
    public string? Name { get; private init; }
}
