using System.Globalization;

namespace Build;

/// <summary>
/// Reads the lines of <c>dotnet test</c>: counts what its summary says, and gathers the skipped tests by their reason,
/// since a wall of them hides a failure.
/// </summary>
internal sealed class TestLog
{
    private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private bool _skipped;

    public int Passed { get; private set; }
    public int Failed { get; private set; }
    public int Skipped { get; private set; }

    /// <summary>Why tests were skipped, and how many for each reason.</summary>
    public IEnumerable<string> Reasons => _reasons.Select(r => $"{r.Value} skipped: {r.Key}");

    /// <returns>False for a line that belongs to a skipped test.</returns>
    public bool Read(string line)
    {
        if (line.StartsWith("skipped ", StringComparison.Ordinal))
        {
            _skipped = true;
            return false;
        }
        if (_skipped && line.StartsWith("  ", StringComparison.Ordinal))
        {
            var text = line.Trim();
            if (!text.StartsWith("from ", StringComparison.Ordinal)) _reasons[text] = _reasons.GetValueOrDefault(text) + 1;
            return false;
        }
        _skipped = false;
        Count(line);
        return true;
    }

    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";

    private void Count(string line)
    {
        var parts = line.Split(':', StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return;
        switch (parts[0])
        {
            case "succeeded": Passed = count; break;
            case "failed": Failed = count; break;
            case "skipped": Skipped = count; break;
        }
    }
}
