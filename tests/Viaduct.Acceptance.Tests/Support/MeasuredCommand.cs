using System.Globalization;
using System.Text.RegularExpressions;

namespace Viaduct.Acceptance.Tests;

/// <summary>Runs a command and watches the most memory that it ever had: <c>VmHWM</c> of proc(5), which the kernel keeps.</summary>
internal static partial class MeasuredCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <returns>What it said, and its peak in MiB.</returns>
    public static async Task<(Outcome Outcome, long Peak)> RunAsync(TemporaryFolder folder, params string[] words)
    {
        using var command = ViaductCli.Start(folder, new Dictionary<string, string?>(), words);
        var ending = command.EndAsync();
        var peak = 0L;
        while (!ending.IsCompleted)
        {
            peak = Math.Max(peak, await PeakAsync(command.Id));
            await Task.WhenAny(ending, Task.Delay(Pause));
        }
        return (await ending, peak);
    }

    private static async Task<long> PeakAsync(int process)
    {
        try
        {
            return Line().Match(await File.ReadAllTextAsync($"/proc/{process}/status")) is { Success: true } line ? long.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture) >> 10 : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return 0;
        }
    }

    [GeneratedRegex(@"^VmHWM:\s+(\d+) kB$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
