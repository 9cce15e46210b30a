using System.Collections.Concurrent;
using Viaduct.Oci;
using Viaduct.Oci.Layers;
using Viaduct.Oci.Layouts;

namespace Viaduct.Acceptance.Tests.Programs;

/// <summary>The images of all cases in one layout: compiled and packed when a test first asks, loaded into docker and run when one asks for that.</summary>
public sealed class ProgramCorpus : IAsyncLifetime
{
    // Two processors: more at a time only waits.
    private static readonly ParallelOptions Abreast = new() { MaxDegreeOfParallelism = 3 };

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task<Packed>> _packed;
    private readonly Lazy<Task<IReadOnlyDictionary<string, Task<Outcome>>>> _runs;

    public ProgramCorpus()
    {
        _packed = new(PackAsync);
        _runs = new(RunAsync);
    }

    internal string Folder => _folder.Path;

    internal async Task<(ProgramCase Case, IContentSource Images, RawManifest Manifest)> FindAsync(string name)
    {
        var packed = await _packed.Value;
        return (packed.Cases.Single(c => c.Name == name), packed.Layout, packed.Manifests[name]);
    }

    /// <summary>How the container of a case ended.</summary>
    internal async Task<Outcome> RunOfAsync(string name) => await (await _runs.Value)[name];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_runs.IsValueCreated && _packed.Value.IsCompletedSuccessfully)
            await RealParts.DockerAsync(["image", "rm", "--force", .. (await _packed.Value).Cases.Select(c => c.Reference)]);
        _folder.Dispose();
    }

    private async Task<Packed> PackAsync()
    {
        var compilers = new Compilers(_folder);
        var built = new ConcurrentDictionary<string, IReadOnlyDictionary<string, byte[]>>();
        await Parallel.ForEachAsync(Toolchain.All, Abreast, async (t, _) => built[t.Name] = await compilers.CompileAsync(t));
        var cases = new ProgramCases(built).All();

        var layout = await OciLayout.OpenOrCreateAsync(_folder.At("layout"), default);
        var layers = new ConcurrentDictionary<ImageFiles, Layer>();
        await Parallel.ForEachAsync(cases.SelectMany(c => c.Layers).Distinct(), Abreast, async (files, ct) =>
        {
            var (layer, bytes) = await files.PackAsync();
            await layout.PushBlobAsync(new Blob(layer.Descriptor, _ => new(new MemoryStream(bytes))), ct);
            layers[files] = layer;
        });
        var manifests = new Dictionary<string, RawManifest>();
        foreach (var program in cases) manifests.Add(program.Name, await WriteImageAsync(program, layout, [.. program.Layers.Select(l => layers[l])]));
        return new Packed(cases, layout, manifests);
    }

    private static async Task<RawManifest> WriteImageAsync(ProgramCase program, OciLayout layout, IReadOnlyList<Layer> layers)
    {
        var config = Blob.FromBytes(MediaTypes.OciConfig, new ImageConfig(program.Platform)
        {
            Container = new ContainerConfig { Entrypoint = [program.Start], Env = ["LD_LIBRARY_PATH=/lib", .. program.Processor is { } cpu ? [$"QEMU_CPU={cpu}"] : Array.Empty<string>()] },
            DiffIds = [.. layers.Select(l => l.DiffId)],
        }.ToBytes());
        await layout.PushBlobAsync(config, default);
        var manifest = new ImageManifest(config.Descriptor, [.. layers.Select(l => l.Descriptor)]).ToManifest();
        await layout.PushManifestAsync(manifest, default);
        return manifest;
    }

    private async Task<IReadOnlyDictionary<string, Task<Outcome>>> RunAsync()
    {
        var packed = await _packed.Value;
        var cases = packed.Cases.Where(c => c.Fate != Fate.NotTold).ToList();
        var archive = _folder.At("programs.tar");
        await using (var output = File.Create(archive))
            await OciArchive.ExportAsync(packed.Layout, [.. cases.Select(c => (packed.Manifests[c.Name], (IReadOnlyList<Reference>)[Reference.Parse(c.Reference)]))], output, default);
        (await RealParts.DockerAsync("load", "--quiet", "--input", archive)).MustSucceed();

        var runs = new ConcurrentDictionary<string, Task<Outcome>>();
        // One that hangs is that test's affair.
        await Parallel.ForEachAsync(cases, Abreast, async (c, _) => await Task.WhenAny(runs[c.Name] = RunAsync(c)));
        return runs;
    }

    /// <summary>With the machine's process numbers: qemu cannot end by a signal as number 1.</summary>
    private static Task<Outcome> RunAsync(ProgramCase program) =>
        RealParts.DockerAsync("run", "--rm", "--network", "none", "--pid", "host", "--pull", "never", "--platform", program.Platform.ToString(), program.Reference);

    private sealed record Packed(IReadOnlyList<ProgramCase> Cases, OciLayout Layout, IReadOnlyDictionary<string, RawManifest> Manifests);
}
