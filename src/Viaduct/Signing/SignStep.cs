using Viaduct.Preparation;

namespace Viaduct.Signing;

/// <summary>The command that signs what was pushed, as viaduct.yaml has it: variables are not replaced yet.</summary>
/// <param name="Command">One shell line, or a program and its words.</param>
/// <param name="IsShell">Whether a shell reads <paramref name="Command"/>.</param>
/// <param name="Where"><c>file:line:column</c>.</param>
public sealed record SignStep(IReadOnlyList<string> Command, bool IsShell, string Where)
{
    /// <summary>The folder of viaduct.yaml, in which it runs.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether the image of each platform is signed as well, and not only its list.</summary>
    public bool WithPlatforms { get; init; }

    public TimeSpan Timeout { get; init; } = PrepareStep.DefaultTimeout;

    /// <summary>Set beside the environment that is there. The values may be secrets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>For people; variables as they are written.</summary>
    public string Line => string.Join(' ', Command);
}
