using System.Text;
using System.Text.RegularExpressions;
using Viaduct.Yaml;

namespace Viaduct.Preparation;

/// <summary>The last lines that a command says, as they can be shown: bounded, without what a terminal would obey, and without its secrets.</summary>
/// <param name="secrets">Values of its environment. Short ones are words such as <c>gcc</c>, and stay.</param>
internal sealed partial class OutputTail(IEnumerable<string> secrets)
{
    private const int MaxLines = 40;
    private const int MaxLength = 400;
    private const int ShortestSecret = 8;

    // A key of several lines comes in several lines, perhaps indented.
    private readonly List<string> _secrets =
        [.. secrets.SelectMany(s => s.Split('\n', '\r')).Select(s => s.Trim()).Where(s => s.Length >= ShortestSecret).Distinct().OrderByDescending(s => s.Length)];
    private readonly Queue<string> _lines = new();

    private int Room => 4 * MaxLength + LongestSecret;

    private int LongestSecret => _secrets.Count == 0 ? 0 : _secrets[0].Length;

    /// <summary>Reads until the end, or until whoever keeps the stream open has been waited for long enough.</summary>
    /// <param name="cancellationToken">Ends the reading, which is no failure.</param>
    public async Task ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var buffer = new char[4096];
        var last = '\0';
        try
        {
            while (await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
                for (var i = 0; i < count; last = buffer[i++])
                    Take(line, last, buffer[i]);
            if (line.Length > 0) Add(line);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // What was read until then is shown.
        }
    }

    /// <summary>Below a message: each on a line of its own, indented. Nothing when nothing was said.</summary>
    public override string ToString()
    {
        lock (_lines) return string.Concat(_lines.Select(line => $"\n  | {line}"));
    }

    private void Take(StringBuilder line, char last, char c)
    {
        // Progress is written over and over in one line: what is shown is the last of it, as a terminal would.
        if (last == '\r' && c is not ('\n' or '\r')) line.Clear();
        if (c == '\n') Add(line);
        else if (c != '\r' && line.Length < Room) line.Append(c);
    }

    private void Add(StringBuilder line)
    {
        var text = line.ToString();
        foreach (var secret in _secrets) text = text.Replace(secret, "***", StringComparison.Ordinal);
        // Where the line was cut, a part of a secret may stand.
        if (line.Length == Room) text = text[..Math.Max(0, text.Length - LongestSecret)];
        text = Escape().Replace(text, "").TrimEnd().Replace('\t', ' ');
        foreach (var secret in _secrets) text = text.Replace(secret, "***", StringComparison.Ordinal);
        line.Clear();
        lock (_lines)
        {
            _lines.Enqueue(YamlErrors.Shown(text, MaxLength));
            if (_lines.Count > MaxLines) _lines.Dequeue();
        }
    }

    [GeneratedRegex(@"\x1B(?:\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
