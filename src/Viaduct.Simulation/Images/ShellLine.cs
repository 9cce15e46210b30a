namespace Viaduct.Simulation;

/// <summary>The shell form of an entrypoint, <c>/bin/sh -c "exec /app --flag"</c>, where it is plain enough to say what the shell starts.</summary>
internal static class ShellLine
{
    /// <summary>Any of these can make the line mean something else (POSIX.1-2024 XCU 2.2, 2.4, 2.6).</summary>
    private const string Special = "|&;<>()$`\\\"'*?[]#~=%!{}\n\r";

    /// <returns>The absolute path that the shell would start; null when it is not a shell, not one path, or not plain.</returns>
    public static string? Program(IReadOnlyList<string> words)
    {
        if (words is not [var shell, "-c", var line, ..] || !IsShell(shell) || line.AsSpan().ContainsAny(Special)) return null;
        var parts = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var path = parts is ["exec", var replaced, ..] ? replaced : parts.FirstOrDefault();
        return path is ['/', _, ..] ? path : null;
    }

    private static bool IsShell(string word) => word[(word.LastIndexOf('/') + 1)..] is "sh" or "bash" or "ash" or "dash";
}
