namespace Viaduct.Benchmarks.Measuring;

/// <summary>A program to run: its file, or its name on PATH, and its arguments.</summary>
internal sealed record Command(IReadOnlyList<string> Words)
{
    public override string ToString() => string.Join(' ', Words);
}
