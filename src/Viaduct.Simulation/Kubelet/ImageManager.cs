namespace Viaduct.Simulation;

/// <summary>pkg/kubelet/images/image_manager.go, EnsureImageExists, in its order: name, presence, verification, Never, credentials, pull.</summary>
internal sealed class ImageManager(Node node, NodeKeyring keyring, Puller puller)
{
    private readonly KubernetesVersion _kubernetes = KubernetesVersion.Of(node);
    private readonly ImageStore _store = new(node.Kubelet ?? KubeletSetup.Default);
    private readonly PullRecords _records = new(node.Kubelet ?? KubeletSetup.Default, KubernetesVersion.Of(node));
    private readonly bool _mountsImages = MountsImages(KubernetesVersion.Of(node), node.Kubelet ?? KubeletSetup.Default);
    private readonly OutcomeMaker _make = new(KubernetesVersion.Of(node));

    public SecretIndex? Recorded { get; init; }

    public async ValueTask<ContainerOutcome> EnsureAsync(AdmittedContainer container, AdmittedPod pod, CancellationToken cancellationToken)
    {
        if (container.Container.Role == ContainerRole.ImageVolume && !_mountsImages) return _make.NoVolumes(container);
        if (!ImageName.TryParse(container.Container.Image, _kubernetes, out var image, out var why)) return _make.Invalid(container, why);

        var present = _store.Find(image);
        var wasPresent = present is not null ? true : _store.KnowsAll ? false : (bool?)null;
        if (container.Policy == PullPolicy.Always) return await PullAsync(container, image, pod, cancellationToken).ConfigureAwait(false) with { WasPresent = wasPresent };

        var may = present is null ? false : await MayUseAsync(image, present, pod, cancellationToken).ConfigureAwait(false);
        if (may.Error is { } error) return _make.Unreadable(container, error, may.Credentials) with { WasPresent = wasPresent };
        if (may.Answer == true) return _make.Present(container, _records.Enabled) with { WasPresent = true, Credentials = may.Credentials };

        var otherwise = container.Policy == PullPolicy.Never
            ? _make.Never(container, present is not null)
            : await PullAsync(container, image, pod, cancellationToken).ConfigureAwait(false);
        otherwise = otherwise with { WasPresent = wasPresent };
        var known = may.Answer == false && wasPresent is not null;
        return known ? WithNearMiss(otherwise, image, present) : _make.Either(otherwise, _records.Enabled, wasPresent is null
            ? "it is not known whether the node has the image: status.images names 50 at most"
            : "it is not known how the image came to the node, and so not whether kubelet's records let this pod use it");
    }

    /// <summary>KEP-4639: alpha from 1.31, beta and still off from 1.33, on by default from 1.35.</summary>
    private static bool MountsImages(KubernetesVersion kubernetes, KubeletSetup setup) =>
        kubernetes >= new KubernetesVersion(1, 31) && setup.FeatureGates.GetValueOrDefault("ImageVolume", kubernetes >= new KubernetesVersion(1, 35));

    private async ValueTask<ContainerOutcome> PullAsync(AdmittedContainer container, ImageName image, AdmittedPod pod, CancellationToken cancellationToken)
    {
        var credentials = await keyring.FindAsync(pod.Identity, image.Repository, cancellationToken).ConfigureAwait(false);
        if (credentials.Error is { } error)
            // Up to 1.32 the keyring is made inside PullImage, so that it is a pull that fails.
            return credentials.FailsInPull ? _make.Pulled(container, new([]) { Error = error }, credentials) : _make.Unreadable(container, error, credentials);
        var result = await puller.PullAsync(image, credentials, container.Container.Command, cancellationToken).ConfigureAwait(false);
        return _make.Pulled(container, result, credentials);
    }

    private async ValueTask<PresentAccess> MayUseAsync(ImageName image, PresentImage present, AdmittedPod pod, CancellationToken cancellationToken)
    {
        if (!_records.Enabled) return true;
        var same = _store.SameContent(present).ToList();
        var recorded = same.Any(i => i.Origin is not (ImageOrigin.Preloaded or ImageOrigin.Unknown));
        var open = !recorded && same.Any(i => i.Origin == ImageOrigin.Unknown);
        if (!_records.Verifies(image.Written, recorded || open)) return true;
        if (!recorded && !open) return false;

        var credentials = await keyring.FindAsync(pod.Identity, image.Repository, cancellationToken).ConfigureAwait(false);
        if (credentials.Error is { } error) return new(null, credentials, open ? null : error);
        var logins = await RecordedAsync(image, same, cancellationToken).ConfigureAwait(false);
        var answer = PullRecords.LetsIn(image.Repository, same, credentials, logins.GetValueOrDefault);
        return new(answer == false && credentials.Unknown is not null ? null : answer, credentials);
    }

    /// <summary>What the secrets hold that the content was pulled with: another secret with the same login does as well.</summary>
    private async ValueTask<Dictionary<string, IReadOnlyList<RegistryLogin>>> RecordedAsync(ImageName image, List<PresentImage> same, CancellationToken cancellationToken)
    {
        var logins = new Dictionary<string, IReadOnlyList<RegistryLogin>>();
        foreach (var with in same.Where(i => i.Origin == ImageOrigin.Secret).Select(i => i.PulledWith).OfType<string>().Distinct())
        {
            if (with.Split('/') is not [var space, var name] || Recorded?.Find(space, name) is not { } secret) continue;
            var found = await keyring.FindAsync(new(space, [secret], [], null), image.Repository, cancellationToken).ConfigureAwait(false);
            logins[with] = [.. found.Offered.Where(o => o.Secret is not null).Select(o => o.Login)];
        }
        return logins;
    }

    private ContainerOutcome WithNearMiss(ContainerOutcome outcome, ImageName image, PresentImage? present)
    {
        if (present is not null || _store.NamesIn(image.Repository).Take(3).ToList() is not { Count: > 0 } names) return outcome;
        return outcome with { Notes = [.. outcome.Notes, $"the node has {string.Join(", ", names)}, which does not count: only the very name that the pod writes does"] };
    }
}
