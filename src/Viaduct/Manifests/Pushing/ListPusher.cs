using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary><c>manifest push</c>: images that are elsewhere are brought, by digest, then the list, then its tags.</summary>
public sealed class ListPusher(ManifestContext context)
{
    /// <summary>The end of a push is no time to wait long for others.</summary>
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(10);

    /// <exception cref="ManifestException">Where docker has words for it; the local list is as it was, and no tag was moved unless its own PUT succeeded.</exception>
    /// <exception cref="ViaductException">VIA5120 to VIA5129; VIA3xxx when a registry fails.</exception>
    public async Task<PushedList> PushAsync(PushRequest request, CancellationToken cancellationToken)
    {
        var stored = await ReadAsync(request, cancellationToken).ConfigureAwait(false) ?? throw PushErrors.NoList(request.List);
        foreach (var copy in stored.Copies)
            context.Note($"{Path.Combine(context.Store.Folder, "manifests", ManifestList.StoreName(request.List), copy.File)} is a second file for {copy.Image.Ref} and was passed over; docker would push the image twice");
        var planner = new PushPlanner(request.List, request.Strict, context.Note);
        planner.Check(stored);
        // Handles before the first request: one token covers them all.
        var target = context.Registry.Repository(request.List, push: !request.DryRun);
        var plan = planner.Plan(stored, await new BytesReader(context.Registry).ReadAsync(stored, cancellationToken).ConfigureAwait(false));
        var names = Names(request, plan.List.Digest);
        var pushed = new PushedList(plan.List, names, [.. plan.Images.Select(i => i.ToPushed(request.List))]);
        await using var mover = new PushMover(context, target, plan.Images);
        if (request.DryRun)
        {
            await mover.LookAsync(cancellationToken).ConfigureAwait(false);
            await request.Report(pushed).ConfigureAwait(false);
            return pushed;
        }

        await mover.MoveAsync(cancellationToken).ConfigureAwait(false);
        await PushMover.PutAsync(target, plan.List, names[0], cancellationToken).ConfigureAwait(false);
        await FailFast.AllAsync(names.Skip(1), (name, token) => PushMover.PutAsync(target, plan.List, name, token), cancellationToken).ConfigureAwait(false);
        await request.Report(pushed).ConfigureAwait(false);
        if (request.Verify)
        {
            var verifier = new PushVerifier(target, stored.Companion.Pushed, context.Clock, context.Note);
            await FailFast.AllAsync(names, (name, token) => verifier.VerifyAsync(name, plan.List.Digest, token), cancellationToken).ConfigureAwait(false);
        }
        if (request.Purge) await ForgetAsync(stored, cancellationToken).ConfigureAwait(false);
        else await RememberAsync(stored, plan.List.Digest, cancellationToken).ConfigureAwait(false);
        return pushed;
    }

    /// <summary>Removes a local list that nobody has changed since: the lock was open meanwhile, and what was added is not thrown away. One that cannot be removed is kept, with a note.</summary>
    public async Task ForgetAsync(StoredList list, CancellationToken cancellationToken)
    {
        try
        {
            using var held = await TryLockAsync(list.Name, cancellationToken, LastWait).ConfigureAwait(false);
            if (await context.Store.FindAsync(list.Name, cancellationToken).ConfigureAwait(false) is not { } now) return;
            if (now.Fingerprint == list.Fingerprint) await context.Store.RemoveAsync(list.Name, cancellationToken).ConfigureAwait(false);
            else context.Note($"the local list {list.Name} was changed meanwhile, and is kept");
        }
        catch (ViaductException e)
        {
            context.Note($"the local list {list.Name} could not be removed: {e.Code}: {e.Message}");
        }
    }

    /// <summary>A tag wins over a digest that stands beside it, and a digest alone becomes the list's own, as in docker.</summary>
    private static IReadOnlyList<Reference> Names(PushRequest request, Digest digest)
    {
        var own = request.List.Tag is { } tag ? request.List.WithTag(tag) : Reference.Parse($"{request.List.Name}@{digest}");
        return [own, .. request.Tags.Distinct(StringComparer.Ordinal).Where(t => t != own.Tag).Select(request.List.WithTag)];
    }

    /// <summary>Under the lock, so that nobody's half of a change is read; where nothing can be written there is nobody.</summary>
    private async Task<StoredList?> ReadAsync(PushRequest request, CancellationToken cancellationToken)
    {
        using var held = request.DryRun ? null : await TryLockAsync(request.List, cancellationToken).ConfigureAwait(false);
        return await context.Store.FindAsync(request.List, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IDisposable?> TryLockAsync(Reference list, CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        try
        {
            return await context.Store.LockAsync(list, cancellationToken, patience).ConfigureAwait(false);
        }
        catch (ViaductException e) when (e.Code == "VIA5131")
        {
            return null;
        }
    }

    /// <summary>Of a list that was changed meanwhile it stays known that it is not as it was pushed.</summary>
    private async Task RememberAsync(StoredList pushed, Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            using var held = await context.Store.LockAsync(pushed.Name, cancellationToken, LastWait).ConfigureAwait(false);
            if (await context.Store.FindAsync(pushed.Name, cancellationToken).ConfigureAwait(false) is not { } now) return;
            var after = now with { Companion = now.Companion with { Pushed = digest, PushedAs = pushed.Fingerprint } };
            if (now.Companion.Pushed != digest || !now.IsAsPushed) await context.Store.SaveAsync(after, now, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e)
        {
            context.Note($"that {pushed.Name} was pushed could not be written down: {e.Code}: {e.Message}");
        }
    }
}
