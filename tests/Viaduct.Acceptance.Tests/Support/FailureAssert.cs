using System.Text.RegularExpressions;

namespace Viaduct.Acceptance.Tests;

/// <summary>What every failure owes its reader: one message with a code, a hint, an exit code, and no stack.</summary>
internal static class FailureAssert
{
    public static void IsClear(Outcome outcome, string code, Oci.ExitCode exit, params string[] names)
    {
        var lines = outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var errors = lines.Where(l => Regex.IsMatch(l, "^error VIA[0-9]{4}: ")).ToList();
        Assert.True(errors.Count == 1, $"{outcome.Line}\nended with {outcome.Exit}:\n{outcome.Error}{outcome.Text}");
        Assert.StartsWith($"error {code}: ", errors[0]);
        Assert.Equal((int)exit, outcome.Exit);
        Assert.DoesNotContain("   at ", outcome.Error);
        Assert.DoesNotContain("Unhandled", outcome.Error);
        Assert.DoesNotContain("VIA9999", outcome.Error);
        // The hint is an indented line of its own after the message.
        var hint = Array.IndexOf(lines, errors[0]) + 1;
        Assert.True(hint < lines.Length && lines[hint].StartsWith("  ", StringComparison.Ordinal), $"there is no hint:\n{outcome.Error}");
        Assert.All(names, name => Assert.Contains(name, outcome.Error));
    }
}
