using System.Collections.Concurrent;
using Viaduct.Build;

namespace Viaduct.Acceptance.Tests.Corpus;

/// <summary>What BuildKit says of every Dockerfile of the corpus: asked for all at once when a test first asks, because each process takes its time.</summary>
public sealed class CorpusRuns : IDisposable
{
    private const string Check = "--call=check,format=json";

    // On two processors more of them would only wait for each other.
    private readonly SemaphoreSlim _turn = new(4);
    private readonly ConcurrentDictionary<(string Path, string Call), Task<Outcome>> _runs = new();
    private readonly Lazy<Task<CorpusContext>> _context;

    public CorpusRuns() => _context = new Lazy<Task<CorpusContext>>(StartAsync);

    internal Task<CorpusContext> ContextAsync() => _context.Value;

    internal Task<Outcome> OutlineAsync(CorpusFile file) => RunAsync(file, "--call=outline,format=json");

    internal Task<Outcome> TargetsAsync(CorpusFile file) => RunAsync(file, "--call=targets,format=json");

    internal Task<Outcome> CheckAsync(CorpusFile file) => RunAsync(file, Check);

    /// <summary>The file as BuildKit is given it.</summary>
    internal async Task<string> CopyAsync(CorpusFile file) => Copy(file, await ContextAsync());

    /// <summary>The image as a layout in a folder; standard output is not looked at.</summary>
    internal async Task<string> BuildAsync(CorpusFile file)
    {
        (await RunAsync(file, "--output")).MustSucceed();
        return (await ContextAsync()).At(ArchiveOf(file));
    }

    internal async Task<bool> RefusesAsync(CorpusFile file) => (await RunAsync(file, "--output")).Exit != 0;

    public void Dispose()
    {
        if (!_context.IsValueCreated) return;
        Task.WhenAll(_runs.Values).GetAwaiter().GetResult();
        _context.Value.GetAwaiter().GetResult().Dispose();
    }

    private static string ArchiveOf(CorpusFile file) => $"built/{Path.GetFileNameWithoutExtension(file.Path)}.tar";

    private async Task<CorpusContext> StartAsync()
    {
        var context = await CorpusContext.CreateAsync();
        Directory.CreateDirectory(context.At("built"));
        foreach (var (kind, calls) in (ReadOnlySpan<(string, string[])>)
            [(CorpusFile.Engine, ["--call=outline,format=json", "--call=targets,format=json", Check]), (CorpusFile.Embedded, ["--call=outline,format=json", "--output", Check]), (CorpusFile.Checked, [Check]), (CorpusFile.Refused, ["--output"]), (CorpusFile.Stricter, ["--output"])])
        foreach (var name in CorpusFile.Names(kind))
        foreach (var call in calls)
        {
            var file = CorpusFile.Of(kind, name);
            _runs[(file.Path, call)] = Task.Run(() => RunAsync(file, call, context));
        }
        return context;
    }

    private async Task<Outcome> RunAsync(CorpusFile file, string call)
    {
        await ContextAsync();
        return await _runs[(file.Path, call)];
    }

    private async Task<Outcome> RunAsync(CorpusFile file, string call, CorpusContext context)
    {
        List<string> words = ["buildx", "build", "--progress=plain", "--provenance=false", "--file", Copy(file, context), .. file.Options];
        if (!file.Options.Contains("--platform")) words.AddRange(["--platform", file.Platform]);
        words.AddRange(call == "--output" ? ["--output", $"type=oci,dest={context.At(ArchiveOf(file))}"] : [call]);
        foreach (var image in call == Check ? Violations.BasesOf(file, context) : BasesOf(file, context)) words.AddRange(["--build-context", $"{image}=oci-layout://{context.Layout}:latest"]);
        await _turn.WaitAsync();
        try
        {
            return await RealParts.DockerAsync([.. words, context.Context]);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>As Viaduct finds them: one that it misses BuildKit looks for in a registry, in vain.</summary>
    private static IReadOnlyList<string> BasesOf(CorpusFile file, CorpusContext context)
    {
        try
        {
            return DockerfileBases.Of(file.Request(context.Context, context));
        }
        catch (Oci.ViaductException)
        {
            return [];
        }
    }

    /// <summary>Where the engine sees it, and without <c># syntax=</c>: BuildKit would load that frontend from a registry.</summary>
    private static string Copy(CorpusFile file, CorpusContext context)
    {
        var copy = context.At($"dockerfiles/{Path.GetFileName(file.Path)}");
        var bytes = File.ReadAllBytes(file.Path);
        if (bytes.AsSpan().StartsWith("# syntax="u8)) bytes = bytes[(bytes.AsSpan().IndexOf((byte)'\n') + 1)..];
        lock (context)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (!File.Exists(copy)) File.WriteAllBytes(copy, bytes);
        }
        return copy;
    }
}
