using Viaduct.Build.Dockerfiles;
using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Build.Engines;

/// <summary>Builds with <c>docker buildx build</c>, started as a process: for whatever driver, and with all that needs buildx' session.</summary>
internal sealed class BuildxBuilder(BuilderName name, BuilderHost host, ContentHashes hashes) : IImageBuilder, IDisposable
{
    private readonly EngineKeys _keys = new(hashes);
    private readonly BuildxFinder _finder = new(name, host.Variable);
    private readonly SemaphoreSlim _finding = new(1, 1);
    private (BuildxProgram Program, BuildxInstance Instance, DockerConnection? Engine)? _found;

    public string Name => name.ToString();

    public Task<Digest> KeyAsync(BuildRequest request, CancellationToken cancellationToken) => _keys.OfAsync(Passed(request), cancellationToken);

    public async Task CheckAsync(IReadOnlyList<BuildRequest> requests, CancellationToken cancellationToken)
    {
        if (requests.Count == 0) return;
        var (_, instance, _) = await FindAsync(cancellationToken).ConfigureAwait(false);
        foreach (var request in requests) await BuildxRequirements.CheckAsync(Passed(request), instance, host.Variable, cancellationToken).ConfigureAwait(false);
    }

    public async Task<BuiltImage> BuildAsync(BuildRequest request, BlobSpool spool, CancellationToken cancellationToken)
    {
        request = Passed(request);
        await RequiredChecks.HoldAsync(request, cancellationToken).ConfigureAwait(false);
        var (program, instance, engine) = await FindAsync(cancellationToken).ConfigureAwait(false);
        await BuildxRequirements.CheckAsync(request, instance, host.Variable, cancellationToken).ConfigureAwait(false);
        var key = await KeyAsync(request, cancellationToken).ConfigureAwait(false);
        var graph = new StageGraph(DockerfileReader.Read(request.Dockerfile), instance.Seen(request));
        var named = await NamedBase.OpenWithTriggersAsync(graph, request, cancellationToken).ConfigureAwait(false);
        using var folder = TemporaryFolder.Create(host.Folder);
        // In oci-layout:// an @ is where the digest begins (Jenkins names workspaces so).
        using var layout = folder.Path.Contains('@') ? TemporaryFolder.Create(Path.GetTempPath()) : null;
        var names = new TemporaryNames();
        var given = engine is null || instance.HasStore ? null : new EngineBases(engine, host.Credentials, names);
        var bases = new BuildxBases((layout ?? folder).At("bases"), given);
        try
        {
            await bases.PrepareAsync(named, request, instance, cancellationToken).ConfigureAwait(false);
            var run = new BuildxRun(request, program, instance, folder, bases, _finder.Environment, host.Variable);
            return given is null
                ? await ArchiveAsync(run, request, key, named, spool, force: false, cancellationToken).ConfigureAwait(false)
                : await new EngineImage(run, request, engine!, spool).BuildAsync(names.Build(), key, SavedImage.Below(graph, named), cancellationToken).ConfigureAwait(false);
        }
        catch (EngineSilence e)
        {
            throw BuildxErrors.NotRunning(instance.Name, e.Message);
        }
        finally
        {
            if (given is not null) await Farewell.TakeAsync(given.RemoveNamesAsync).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _found?.Engine?.Dispose();
        _finding.Dispose();
    }

    /// <summary>What is to be attached BuildKit attaches itself: it knows more of its own build than could be said from here.</summary>
    private static BuildRequest Passed(BuildRequest request) => request with { Engine = request.Engine.With(request.Attest), Attest = AttestationKinds.None };

    private static async Task<BuiltImage> ArchiveAsync(
        BuildxRun run, BuildRequest request, Digest key, IReadOnlyList<NamedBase> bases, BlobSpool spool, bool force, CancellationToken cancellationToken)
    {
        var file = run.Folder.At(force ? "forced.tar" : "image.tar");
        var digest = await run.RunAsync(BuildxArguments.ToArchive(file, request, key, force), cancellationToken).ConfigureAwait(false);
        var input = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan | FileOptions.DeleteOnClose);
        await using (input.ConfigureAwait(false))
        {
            var archive = await ImageArchive.OpenAsync(input, spool, new ImageArchiveLimits(), cancellationToken).ConfigureAwait(false);
            var result = new BuildxResult(request, archive, bases);
            var image = await result.ReadAsync(digest, key, cancellationToken).ConfigureAwait(false);
            if (force || !result.IsPackedOtherwise) return image;
        }
        // Not from the start: forced, the base's layers are packed anew, too, and are then no longer those that the registry has.
        return await ArchiveAsync(run, request, key, bases, spool, force: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(BuildxProgram Program, BuildxInstance Instance, DockerConnection? Engine)> FindAsync(CancellationToken cancellationToken)
    {
        await _finding.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _found ??= await _finder.FindAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (EngineSilence e)
        {
            throw BuildxErrors.NotRunning(name.ToString(), e.Message);
        }
        finally
        {
            _finding.Release();
        }
    }
}
