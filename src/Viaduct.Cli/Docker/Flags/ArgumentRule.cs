namespace Viaduct.Cli.Docker;

/// <summary>How many arguments a verb takes, and docker's sentences about it (docker/cli cli/required.go).</summary>
/// <param name="Most">Null for any number.</param>
internal sealed record ArgumentRule(int Least, int? Most)
{
    public static ArgumentRule Exactly(int count) => new(count, count);

    public static ArgumentRule AtLeast(int count) => new(count, null);

    public bool Allows(int count) => count >= Least && (Most is null || count <= Most);

    public string Requires => this switch
    {
        { Most: null } => $"requires at least {Counted(Least)}",
        _ when Least == Most => Most == 0 ? "accepts no arguments" : $"requires {Counted(Least)}",
        { Least: 0 } => $"requires at most {Counted(Most.Value)}",
        _ => $"requires at least {Least} and at most {Counted(Most.Value)}",
    };

    /// <summary>docker's rule for a least number points to help with another word than its other rules.</summary>
    public string Points => Most is null ? "See" : "Run";

    private static string Counted(int count) => count == 1 ? "1 argument" : $"{count} arguments";
}
