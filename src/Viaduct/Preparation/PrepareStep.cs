namespace Viaduct.Preparation;

/// <summary>A command that makes files for an image before it is built, as image.yaml has it: variables are not replaced yet.</summary>
/// <param name="Command">One shell line, or a program and its words.</param>
/// <param name="IsShell">Whether a shell reads <paramref name="Command"/>.</param>
/// <param name="Where"><c>file:line:column</c>.</param>
public sealed record PrepareStep(IReadOnlyList<string> Command, bool IsShell, string Where)
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    /// <summary>The image's folder, in which the command runs and from which inputs and outputs are named.</summary>
    public required string Folder { get; init; }

    /// <summary>Patterns as in .dockerignore, each with its place.</summary>
    public required IReadOnlyList<(string Text, string Where)> Inputs { get; init; }

    /// <summary>Files and folders, each with its place.</summary>
    public required IReadOnlyList<(string Text, string Where)> Outputs { get; init; }

    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>Set beside the environment that is there. The values may be secrets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
