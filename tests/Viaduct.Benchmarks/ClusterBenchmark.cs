using System.Diagnostics;
using System.Globalization;
using Viaduct.Simulation;

namespace Viaduct.Benchmarks;

/// <summary>Every pod of a cluster on every node: time beyond reading the objects, memory, and how much was looked at.</summary>
internal static class ClusterBenchmark
{
    private const int Nodes = 1000;
    private const double MostSeconds = 2;
    private const long MostMebibytes = 500;

    public static async Task RunAsync(int rounds)
    {
        Console.WriteLine("| pods | nodes | groups of pods x nodes | first run, ms | median, ms | peak memory of the process, MiB | questions to registries | manifests below them (distinct) | outcomes |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        var isMet = true;
        foreach (var pods in (int[])[100, 1000, 10_000])
        {
            var times = new List<double>();
            var (report, counts) = (default(ClusterReport), default(CountingRegistries));
            for (var round = 0; round < rounds; round++)
            {
                // Objects and images are made anew: nothing is remembered from the round before.
                var (objects, nodes) = (ClusterField.Objects(pods, Nodes), ClusterField.Nodes(Nodes));
                counts = new CountingRegistries(ClusterField.Registries());
                var started = Stopwatch.GetTimestamp();
                report = await new ClusterSimulator(objects, new ClusterSetup(), counts, new NoAnswers()).RunAsync(nodes, CancellationToken.None);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            using var process = Process.GetCurrentProcess();
            var (first, peak) = (times[0], process.PeakWorkingSet64 >> 20);
            times.Sort();
            var median = times[times.Count / 2];
            var outcomes = report!.PodGroups.SelectMany(g => g.Cells).Where(c => c.Outcome is not null).Select(c => c.Outcome!.Containers).Distinct<object>(ReferenceEqualityComparer.Instance).Count();
            isMet = median <= MostSeconds * 1000 && peak <= MostMebibytes;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {pods} | {Nodes} | {report.PodGroups.Count} x {report.NodeGroups.Count} | {first:F0} | {median:F0} | {peak} | {counts!.Questions} | {counts.Manifests} ({counts.DistinctManifests}) | {outcomes} |"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nThe goal is {MostSeconds} s and {MostMebibytes} MiB at the largest: {(isMet ? "met" : "missed")}."));
    }

    private sealed class NoAnswers : IProviderAnswers
    {
        public ValueTask<ProviderAnswer> AskAsync(CredentialProvider provider, string request, CancellationToken cancellationToken) => new(new ProviderAnswer(null, Unknown: "none is asked here"));
    }
}
