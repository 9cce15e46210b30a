using System.Diagnostics;
using System.Globalization;
using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Benchmarks;

/// <summary>Selections a second on one core, of every runtime, from one list of nine images and from one of the length that releases have.</summary>
internal static class SelectionBenchmark
{
    private const int Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(300);

    private static readonly string[] Full =
        ["linux/amd64", "linux/arm/v5", "linux/arm/v6", "linux/arm/v7", "linux/arm64/v8", "linux/386", "linux/ppc64le", "linux/s390x", "linux/riscv64"];

    private static readonly string[] Hosts = ["linux/amd64", "linux/arm/v7", "linux/arm64/v8", "linux/riscv64", "windows(10.0.26100)/amd64"];

    private static readonly string[] Windows = [.. Full, .. Full.Select(_ => "unknown/unknown"), "windows(10.0.17763.6414)/amd64", "windows(10.0.20348.2700)/amd64", "windows(10.0.26100.1742)/amd64"];

    public static void Run()
    {
        Console.WriteLine("| runtime | 9 entries, million/s (median) | 21 entries with attestations and Windows, million/s (median) | bytes allocated |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        var slowest = double.MaxValue;
        foreach (var runtime in Runtimes.All)
        {
            Selector[] selectors = [.. Hosts.Select(h => Selector.For(runtime, Platform.Parse(h), runtime.RunsPods))];
            var (small, large) = (Measure(selectors, ListOf(Full)), Measure(selectors, ListOf(Windows)));
            slowest = Math.Min(slowest, Math.Min(small.Rate, large.Rate));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {runtime} | {small.Rate / 1e6:F1} | {large.Rate / 1e6:F1} | {small.Bytes + large.Bytes} |"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nThe slowest makes {slowest / 1e6:F1} million selections a second; the goal is one: {(slowest >= 1e6 ? "met" : "missed")}."));
    }

    private static (double Rate, long Bytes) Measure(Selector[] selectors, Candidates list)
    {
        var rates = new double[Rounds];
        var (sum, bytes) = (0L, 0L);
        for (var round = -1; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var (count, started) = (0L, Stopwatch.GetTimestamp());
            TimeSpan elapsed;
            do
            {
                for (var i = 0; i < 2000; i++)
                    foreach (var selector in selectors)
                        sum += selector.Choose(list);
                count += 2000 * selectors.Length;
            }
            while ((elapsed = Stopwatch.GetElapsedTime(started)) < Round);
            if (round < 0) continue;
            bytes = Math.Max(bytes, GC.GetAllocatedBytesForCurrentThread() - before);
            rates[round] = count / elapsed.TotalSeconds;
        }
        GC.KeepAlive(sum);
        Array.Sort(rates);
        return (rates[Rounds / 2], bytes);
    }

    private static Candidates ListOf(string[] platforms) => Candidates.OfList(default, false,
        [.. platforms.Select((p, i) => new Candidate(new Descriptor(MediaTypes.OciManifest, Digest.Sha256(BitConverter.GetBytes(i)), 2) { Platform = Platform.Parse(p) }))]);
}
