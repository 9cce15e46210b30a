using Viaduct.Attestations;
using Viaduct.Build;
using Viaduct.Configuration;
using Viaduct.Execution;
using Viaduct.Lists;
using Viaduct.Metadata;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Planning;
using Viaduct.Preparation;
using Viaduct.Registry;
using Viaduct.Signing;
using Viaduct.Verification;

namespace Viaduct;

/// <summary>
/// One run from images to a proven list: plan, build, push, assemble, simulate, record. The command line and the Cake pipeline
/// both walk these steps; none of them holds logic of its own.
/// </summary>
public sealed class Job : IAsyncDisposable
{
    private readonly JobOptions _options;
    private readonly IReadOnlyList<ImageDefinition> _images;
    private readonly ImageNames _names;
    private readonly RegistryClient _registry;
    private readonly KeyCache _cache;
    private readonly BlobSpool _spool;
    private readonly SetBases _bases;
    private readonly IImageBuilder _builder;
    private readonly Executor _executor;
    private Plan? _plan;

    public Job(JobOptions options, RegistryClient registry)
    {
        _options = options;
        _registry = registry;
        _images = [.. ImageGraph.Choose(options.Set.Images, options.Images).Where(i => i.Platforms.Count > 0)];
        if (_images.Count == 0) throw PlanErrors.NothingLeft("no image is built for any of the chosen platforms");
        _names = new ImageNames(options.Prefix);
        _cache = KeyCache.Open(options.StateFolder);
        options.Legs.Put(_cache);
        var folder = SpoolFolder.Swept(Path.Combine(options.StateFolder, "spool"));
        _spool = new BlobSpool(folder);
        _builder = options.Builder ?? new Builders(options.Host ?? new BuilderHost(Environment.GetEnvironmentVariable, KnownCredentials.FromEnvironment(), folder));
        var preparer = new Preparer(options.StateFolder, options.Epoch, options.Progress);
        _bases = new SetBases(_images, _builder, preparer, registry, _cache, options.Epoch, options.Legs.Bases);
        _executor = new Executor(new BuildPhase(_images, _builder, preparer, _bases, _spool, options.Epoch, options.Progress), registry, _bases, _cache, options.Progress);
    }

    /// <summary>Looks and decides; changes nothing. Computed once.</summary>
    public async Task<Plan> PlanAsync(CancellationToken cancellationToken) => _plan ??= Planner.Make(
        await new Observer(_images, _names, _bases, _options.IgnoreRegistry ? null : _registry, _cache).ObserveAsync(cancellationToken).ConfigureAwait(false),
        _options.Force, _options.MayMoveTags);

    /// <summary>Builds what the plan says, after it was found to move no tag that it may not.</summary>
    public async Task BuildAsync(CancellationToken cancellationToken)
    {
        var plan = (await PlanAsync(cancellationToken).ConfigureAwait(false)).MustBeAllowed();
        try
        {
            await _executor.BuildAsync(plan, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested && !_options.IgnoreRegistry && _executor.Built.Values.Any(b => b.IsCostly))
        {
            await KeepAsync(plan, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes what was built, children and lists under all their names, into a folder instead of a registry.</summary>
    public async Task WriteLayoutAsync(OciLayout layout, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(cancellationToken).ConfigureAwait(false);
        await LayoutExport.WriteAsync(layout, _options.Prefix, plan, _executor.Built, await ListsAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The lists of the whole images: what was pushed, or what would be.</summary>
    public async Task<IReadOnlyList<AssembledList>> ListsAsync(CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(cancellationToken).ConfigureAwait(false);
        return [.. _images.Where(i => i.IsWhole).Select(i => new AssembledList(_names.Lists(i), _executor.ListOf(plan, i.Name)))];
    }

    /// <summary>Pushes what was built, by digest. What was pushed before a failure is remembered and not pushed again.</summary>
    public async Task PushAsync(CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _executor.PushAsync(plan, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _cache.SaveAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Pushes the lists, then points all tags.</summary>
    public async Task AssembleAsync(CancellationToken cancellationToken)
    {
        var plan = (await PlanAsync(cancellationToken).ConfigureAwait(false)).MustBeAllowed();
        await _executor.AssembleAsync(plan, cancellationToken).ConfigureAwait(false);
        await _cache.SaveAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads every list back and pulls it on a node of each of its platforms.</summary>
    public async Task<IReadOnlyList<ListReport>> SimulateAsync(CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(cancellationToken).ConfigureAwait(false);
        var simulator = new ListSimulator(_registry, _options.Deep);
        return await Task.WhenAll(_images.Where(i => i.IsWhole).SelectMany(image => _names.Lists(image).Select(name =>
            simulator.SimulateAsync(image.Name, name, _executor.ListOf(plan, image.Name).Digest, [.. image.Platforms.Select(Simulation.Node.Of)], cancellationToken)))).ConfigureAwait(false);
    }

    /// <summary>
    /// Signs the lists that have no signature yet, and with them their images where the set says so; nothing where the set names no command.
    /// A run that failed here is gone on with by the next.
    /// </summary>
    /// <returns>VIA5086 or VIA5087 when something is not signed: what was done can be written down before it is thrown.</returns>
    public async Task<ViaductException?> SignAsync(CancellationToken cancellationToken)
    {
        if (_options.Set.Sign is not { } step) return null;
        var plan = await PlanAsync(cancellationToken).ConfigureAwait(false);
        var targets = new List<SignTarget>();
        foreach (var image in _images.Where(i => i.IsWhole))
        {
            var names = _names.Lists(image);
            var children = step.WithPlatforms ? plan.Observed.Children.Where(c => c.Image.Name == image.Name).Select(_executor.DescriptorOf) : [];
            targets.AddRange(children.DistinctBy(d => d.Digest).Select(d => new SignTarget(names[0], d, [])));
            targets.Add(new SignTarget(names[0], _executor.ListOf(plan, image.Name).Descriptor, [.. names.Select(n => n.Tag!)]));
        }
        try
        {
            await new ImageSigner(step, _registry, _options.Epoch, _options.Progress, TimeProvider.System).SignAsync(targets, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ViaductException e) when (e.Code is AttestationErrors.SignFailed or AttestationErrors.SignLeftNothing)
        {
            return e;
        }
    }

    /// <summary>What was done and what was found, to be written down.</summary>
    public Task<JobRecord> RecordAsync(IReadOnlyList<ListReport> reports, CancellationToken cancellationToken) => RecordAsync(true, reports, cancellationToken);

    /// <summary>The record of one of several machines, which build and push by digest: lists are made of all their records.</summary>
    public Task<JobRecord> RecordLegAsync(CancellationToken cancellationToken) => RecordAsync(false, [], cancellationToken);

    /// <summary>What was built in this run, in the order of the set.</summary>
    public IEnumerable<(ChildId Id, BuiltImage Image)> Built =>
        _images.SelectMany(i => i.Platforms.Select(p => new ChildId(i.Name, p))).Where(_executor.Built.ContainsKey).Select(id => (id, _executor.Built[id]));

    public ValueTask DisposeAsync()
    {
        (_builder as IDisposable)?.Dispose();
        return _spool.DisposeAsync();
    }

    private async Task<JobRecord> RecordAsync(bool hasLists, IReadOnlyList<ListReport> reports, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(cancellationToken).ConfigureAwait(false);
        return JobRecord.Of(plan, _options.Prefix, _names, _executor.ContentOf, hasLists ? image => _executor.ListOf(plan, image) : null, reports)
            with { Bases = await _bases.ForeignAsync().ConfigureAwait(false) };
    }

    /// <summary>What engines have built is pushed by digest although another build failed; no tag moves, and the next run does only what is missing.</summary>
    private async Task KeepAsync(Plan plan, CancellationToken cancellationToken)
    {
        try
        {
            await _executor.PushCostlyAsync(plan, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The build's failure is what has to be read.
        }
        finally
        {
            await _cache.SaveAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
