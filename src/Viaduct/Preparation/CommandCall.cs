namespace Viaduct.Preparation;

/// <summary>A command that is to be run once.</summary>
/// <param name="Words">One shell line, or a program and its words.</param>
/// <param name="IsShell">Whether a shell reads <paramref name="Words"/>.</param>
/// <param name="Folder">In which it runs, and from which a program with a folder in its name is meant.</param>
internal sealed record CommandCall(IReadOnlyList<string> Words, bool IsShell, string Folder)
{
    /// <summary>Set beside the environment that is there.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>What is not shown of what the command says.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    public required TimeSpan Timeout { get; init; }

    public required ICommandFailures Failures { get; init; }
}
