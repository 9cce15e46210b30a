using System.Text.RegularExpressions;

namespace Viaduct.Build.Engines;

/// <summary>A step of a build that failed.</summary>
/// <param name="Name">As the builder names it: <c>[build 2/4] RUN make</c>.</param>
/// <param name="Lines">What it said last.</param>
internal sealed partial record FailedStep(string Name, IReadOnlyList<string> Lines, string Error)
{
    /// <summary>Null when it was not a program that failed.</summary>
    public string? ExitCode => ExitCodeOf(Error);

    /// <summary>BuildKit (executor.ExitError) and the classic builder.</summary>
    public static string? ExitCodeOf(string error) => Code().Match(error) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"(?:exit code|non-zero code): (\d{1,10})", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
