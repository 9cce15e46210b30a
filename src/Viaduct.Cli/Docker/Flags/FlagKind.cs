namespace Viaduct.Cli.Docker;

/// <summary>What a flag takes, by the words of spf13/pflag.</summary>
internal enum FlagKind
{
    /// <summary>Nothing, or <c>=true</c>, <c>=0</c>, …: never the word that follows.</summary>
    Bool,
    String,
    /// <summary>Comma-separated values, read as a line of CSV; repeated ones are added.</summary>
    Strings,
    /// <summary><c>KEY=VALUE</c>; repeated ones are added, and commas are part of the value.</summary>
    Pairs,
    /// <summary><c>text</c> or <c>json</c>.</summary>
    Format,
    /// <summary><c>24h</c>, <c>1h30m</c>.</summary>
    Duration,
}
