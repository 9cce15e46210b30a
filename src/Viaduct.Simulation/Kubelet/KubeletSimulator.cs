namespace Viaduct.Simulation;

/// <summary>
/// One node's kubelet and runtime: what happens when a pod is bound to it (pkg/kubelet/images/image_manager.go, EnsureImageExists).
/// One for each kind of node; may be asked for many pods at the same time, and asks the registries for each image and credential once.
/// </summary>
public sealed class KubeletSimulator
{
    private readonly Node _node;
    private readonly ImageManager _images;
    private readonly SandboxStart _sandbox;

    public KubeletSimulator(Node node, NodeKeyring keyring, IRegistries registries)
        : this(node, keyring, new SharedPulls(registries), null)
    {
    }

    /// <param name="pulls">Shared by the nodes of a cluster, so that each image is read once.</param>
    /// <param name="objects">Where the secrets are found that images of the node were pulled with (<see cref="PresentImage.PulledWith"/>); null where none are known.</param>
    public KubeletSimulator(Node node, NodeKeyring keyring, SharedPulls pulls, ClusterObjects? objects)
    {
        _node = node;
        _images = new(node, keyring, new Puller(node, pulls)) { Recorded = objects is null ? null : new SecretIndex(objects.Secrets) };
        _sandbox = new(node, pulls);
    }

    public async ValueTask<PodOutcome> StartAsync(AdmittedPod pod, CancellationToken cancellationToken)
    {
        var start = new PodStart(pod, _node);
        if (pod.Refusal is { } refusal) start.Refuse(refusal);
        else if (await _sandbox.TryAsync(cancellationToken).ConfigureAwait(false) is { } fault) start.AddSandbox(fault);
        foreach (var container in start.Order)
        {
            if (start.BlockerOf(container) is { } blocker) start.AddWaiting(container, blocker);
            else start.Add(await _images.EnsureAsync(container, pod, cancellationToken).ConfigureAwait(false));
        }
        return start.Finish();
    }
}
