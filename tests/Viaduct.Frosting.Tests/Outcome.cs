namespace Viaduct.Frosting.Tests;

/// <summary>What a run left behind.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>What the sample tasks said, in order.</summary>
    public string Story => string.Join(' ', Lines.Where(line => line.StartsWith("> ", StringComparison.Ordinal)).Select(line => line[2..]));

    public IEnumerable<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'));
}
