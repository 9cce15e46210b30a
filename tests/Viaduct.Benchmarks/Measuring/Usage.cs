namespace Viaduct.Benchmarks.Measuring;

/// <summary>What a process and those that it waited for took, as the kernel counted it.</summary>
internal readonly record struct Usage(TimeSpan Wall, TimeSpan Cpu, long PeakBytes)
{
    /// <summary>One after the other: times add up, memory does not.</summary>
    public static Usage operator +(Usage a, Usage b) => new(a.Wall + b.Wall, a.Cpu + b.Cpu, Math.Max(a.PeakBytes, b.PeakBytes));
}
