namespace Viaduct.Simulation;

/// <summary>A kind of messages, and what is behind it.</summary>
/// <param name="Meaning">What happened, in plain words.</param>
/// <param name="Source">Who writes it, and where that is known from.</param>
/// <param name="Patterns">One of them is in the message; <c>*</c> stands for anything, capitals do not count.</param>
/// <param name="Causes">The most probable first.</param>
public sealed record Symptom(string Name, string Meaning, string Source, IReadOnlyList<string> Patterns, IReadOnlyList<Cause> Causes)
{
    private readonly string[][] _parts = [.. Patterns.Select(p => p.Split('*'))];

    /// <summary>Says that something failed, and not what: passed over where another line says more.</summary>
    public bool IsVague { get; init; }

    public bool IsIn(string text) => _parts.Any(p => Matches(p, text));

    /// <summary>In linear time: each part where it is first found behind the one before.</summary>
    private static bool Matches(string[] parts, string text)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var found = text.IndexOf(part, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0) return false;
            at = found + part.Length;
        }
        return true;
    }
}
