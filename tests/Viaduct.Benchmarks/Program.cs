using System.Globalization;
using System.Runtime.InteropServices;
using Viaduct.Benchmarks;
using Viaduct.Benchmarks.Cases;
using Viaduct.Benchmarks.Measuring;
using Viaduct.Benchmarks.Peers;

const string Help = """
    Viaduct.Benchmarks CASE [--rounds N] [--viaduct PATH] [--size MIB] [--mib MIB]

      startup      what it costs to print a version
      assemble     a list of seven images that are pushed already
      manifest     create and push a list of eight images of seven blobs, with a token service, each answer 20 ms late
      job          build, push and join seven images: cold, one file changed, unchanged
      layers       one layer of a tree of programs and text of --size MiB (1024), at most five rounds
      transfer     a list of 4 images of 5 layers of --mib MiB (64): pushed, pulled and copied, at most five rounds
      selection    selections from a list a second, of every runtime
      cluster      every pod of 100, 1 000 and 10 000 on 1 000 nodes of 20 kinds, at most five rounds
      compression  the pinned compressor beside its peers [FILE…]
      all          all of these

    Peers are looked for in $VIADUCT_TEST_ROOT and on PATH, dockerd at $VIADUCT_TEST_DOCKER; .ci/parts.sh installs and starts them.
    """;
string[] cases = ["startup", "assemble", "manifest", "job", "layers", "transfer", "selection", "cluster", "compression"];
try
{
    var settings = Settings.Parse(args);
    if (settings.Case is not "all" && !cases.Contains(settings.Case))
    {
        Console.WriteLine(Help);
        return settings.Case is "" or "help" ? 0 : 2;
    }
    if (settings.Case is not ("selection" or "cluster" or "compression")) await CompareAsync(settings);
    if (settings.Case is "selection" or "all") Select();
    if (settings.Case is "cluster" or "all") await SimulateAsync(settings);
    return settings.Case is "compression" or "all" ? Compress(settings) : 0;
}
catch (BenchmarkException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static void Select()
{
    Console.WriteLine("## Selection\n");
    SelectionBenchmark.Run();
    Console.WriteLine();
}

static async Task SimulateAsync(Settings settings)
{
    Console.WriteLine("## Cluster\n");
    await ClusterBenchmark.RunAsync(Math.Min(settings.Rounds, 5));
    Console.WriteLine();
}

static int Compress(Settings settings)
{
    Console.WriteLine("## Compression\n");
    return CompressionBenchmark.Run([.. settings.Rest]);
}

static async Task CompareAsync(Settings settings)
{
    using var tools = new Toolbox(settings);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} cores, load average {Load()} at the start.\n"));
    foreach (var line in tools.Describe()) Console.WriteLine($"- {line}");
    Console.WriteLine();
    if (settings.Case is "startup" or "all") await PrintAsync([StartupCase.Make(tools)], tools, null, settings);
    if (settings.Case is "layers" or "all") await PrintAsync([LayersCase.Make(tools, settings.Mebibytes)], tools, null, settings with { Rounds = Math.Min(settings.Rounds, 5) });
    if (settings.Case is "transfer" or "all")
    {
        using var bed = await TransferBed.OpenAsync(tools, settings.LayerMebibytes);
        await PrintAsync(TransferCase.Make(tools, bed), tools, bed.Arena, settings with { Rounds = Math.Min(settings.Rounds, 5) });
    }
    if (settings.Case is "startup" or "layers" or "transfer") return;
    if (settings.Case is "manifest" or "all")
    {
        using var far = await ManifestCase.OpenAsync(tools);
        await PrintAsync(await ManifestCase.MakeAsync(tools, far), tools, far, settings);
        if (settings.Case is "manifest") return;
    }
    using var arena = await Arena.OpenAsync(tools);
    if (settings.Case is "assemble" or "all") await PrintAsync(await AssembleCase.MakeAsync(tools, arena), tools, arena, settings);
    if (settings.Case is "job" or "all") await PrintAsync(JobCase.Make(tools), tools, arena, settings);
    Console.WriteLine($"Load average at the end: {Load()}.\n");
}

static async Task PrintAsync(IEnumerable<Contest> contests, Toolbox tools, Arena? arena, Settings settings)
{
    foreach (var contest in contests)
        Console.WriteLine(Markdown.Of(contest, await contest.RunAsync(tools, arena, settings.Rounds), settings.Rounds));
}

static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
