using System.Text;

namespace Viaduct.Build.Engines;

/// <summary>
/// What a build is doing, for those who watch, and the last lines of each step, for the case that it fails. All words of strangers come in
/// here and nowhere else: they are masked first and cut afterwards, so that no value is shown in part, and nothing is left that a terminal obeys.
/// </summary>
/// <param name="words">Makes of what the builder says what the user is shown: without values of arguments and secrets.</param>
internal sealed class BuildLog(IProgress<string>? progress, Func<string, string> words)
{
    public const int KeptLines = 20;
    private const int MaxLine = 500;
    private const int MaxOpen = 1 << 16;
    private const int MaxSteps = 20_000;

    private readonly Dictionary<string, Step> _steps = new(StringComparer.Ordinal);
    private readonly Queue<string> _others = new();
    private (Step Step, string Error)? _failed;

    /// <summary>The step that failed first, with what it said up to now; null when none said that it did.</summary>
    public FailedStep? Failed => _failed is { } failed ? new FailedStep(failed.Step.Name, LinesOf(failed.Step), failed.Error) : null;

    /// <summary>The last words that belong to no step: the client's own, the source lines of the failure.</summary>
    public IReadOnlyCollection<string> Others => _others;

    /// <summary>A step began, or was there already; of one that is known nothing is heard twice.</summary>
    public void Begin(string id, string name, bool cached = false)
    {
        if (_steps.ContainsKey(id) || _steps.Count == MaxSteps) return;
        var step = _steps[id] = new Step(Shown(name));
        if (!IsInternal(step.Name)) progress?.Report(cached ? step.Name + " (cached)" : step.Name);
    }

    /// <summary>What a step wrote, cut anywhere.</summary>
    public void Say(string id, ReadOnlySpan<byte> text)
    {
        if (!_steps.TryGetValue(id, out var step)) return;
        foreach (var c in step.Decode(text))
            if (c == '\n') End(step);
            // A program that draws a bar goes back to the line's beginning.
            else if (c != '\r' && step.Open.Length < MaxOpen) step.Open.Append(c);
    }

    public void Fail(string id, string error)
    {
        // What else was running says that it was cancelled.
        if (_failed is null && _steps.TryGetValue(id, out var step) && !error.EndsWith("context canceled", StringComparison.Ordinal)) _failed = (step, Shown(error));
    }

    public void Other(string line) => Keep(_others, line);

    /// <summary>As it may be shown.</summary>
    public string Shown(string text) => Clean(words(text));

    /// <summary>On one line, not too long, and nothing that a terminal would obey.</summary>
    public static string Clean(string text)
    {
        var line = text.Length <= MaxLine ? text : text[..(MaxLine - 1)] + "…";
        return string.Concat(line.ReplaceLineEndings(" ").Select(c => c == '\t' ? ' ' : char.IsControl(c) ? '?' : c)).TrimEnd();
    }

    /// <summary>Contexts, metadata and the like are the builder's own affairs.</summary>
    private static bool IsInternal(string name) =>
        !name.StartsWith('[') || name.StartsWith("[internal]", StringComparison.Ordinal) || name.StartsWith("[context ", StringComparison.Ordinal) || OwnWords.IsForeign(name);

    private void End(Step step)
    {
        var line = step.Open.ToString();
        step.Open.Clear();
        if (!string.IsNullOrWhiteSpace(line)) Keep(step.Lines, line);
    }

    private void Keep(Queue<string> lines, string line)
    {
        lines.Enqueue(Shown(line));
        if (lines.Count > KeptLines) lines.Dequeue();
    }

    private IReadOnlyList<string> LinesOf(Step step) =>
        [.. (step.Open.Length > 0 ? step.Lines.Append(Shown(step.Open.ToString())) : step.Lines).TakeLast(KeptLines)];

    private sealed class Step(string name)
    {
        // A character may be cut in two.
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

        public string Name => name;

        public Queue<string> Lines { get; } = new();

        /// <summary>A line that has not ended yet.</summary>
        public StringBuilder Open { get; } = new();

        public ReadOnlySpan<char> Decode(ReadOnlySpan<byte> bytes)
        {
            var text = new char[_decoder.GetCharCount(bytes, flush: false)];
            return text.AsSpan(0, _decoder.GetChars(bytes, text, flush: false));
        }
    }
}
