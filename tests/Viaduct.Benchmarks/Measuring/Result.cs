using Viaduct.Benchmarks.Peers;

namespace Viaduct.Benchmarks.Measuring;

/// <summary>What a contestant's rounds cost, and what it asked of the registry in a run of its own.</summary>
internal sealed class Result(Contestant contestant)
{
    public Contestant Contestant => contestant;

    public List<double> Wall { get; } = [];

    public List<double> Cpu { get; } = [];

    /// <summary>The CPU time of the contestant's daemons while its commands ran, in milliseconds; empty without daemons.</summary>
    public List<double> DaemonCpu { get; } = [];

    /// <summary>Of the last run.</summary>
    public long? OutputBytes { get; set; }

    public long PeakBytes { get; set; }

    public Traffic? Traffic { get; set; }

    /// <summary>The median of the rounds' ratios: what slowed a round down slowed both.</summary>
    public double RatioTo(Result reference) => Median(Wall.Zip(reference.Wall, (mine, theirs) => mine / theirs));

    /// <summary>The same of CPU time, that of the daemons included.</summary>
    public double CpuRatioTo(Result reference) => Median(AllCpu().Zip(reference.AllCpu(), (mine, theirs) => mine / theirs));

    private IEnumerable<double> AllCpu() => DaemonCpu.Count == 0 ? Cpu : Cpu.Zip(DaemonCpu, (mine, theirs) => mine + theirs);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
