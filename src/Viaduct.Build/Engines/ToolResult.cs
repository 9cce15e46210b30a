namespace Viaduct.Build.Engines;

/// <summary>How a program ended and the beginning of what it said.</summary>
internal sealed record ToolResult(int Exit, string Output, string Error)
{
    /// <summary>What to show of it when it failed.</summary>
    public string Words => Error.Trim() is { Length: > 0 } error ? error : Output.Trim();
}
