namespace Viaduct.Simulation;

/// <summary>A pod while its containers are started, in kubelet's order (pkg/kubelet/kuberuntime/kuberuntime_manager.go, SyncPod).</summary>
internal sealed class PodStart(AdmittedPod pod, Node node)
{
    private readonly List<ContainerOutcome> _containers = [];
    private readonly bool _hasInit = pod.Containers.Any(c => IsInit(c.Container.Role));
    private PodBlocker? _all;
    private PodBlocker? _afterInit;
    private SandboxFault? _sandbox;

    /// <summary>Image volumes, init containers, containers, ephemeral ones.</summary>
    public IEnumerable<AdmittedContainer> Order => pod.Containers.OrderBy(c => c.Container.Role switch
    {
        ContainerRole.ImageVolume => 0,
        ContainerRole.Init or ContainerRole.Sidecar => 1,
        ContainerRole.App => 2,
        _ => 3,
    });

    /// <summary>Nothing of it is ever bound to a node.</summary>
    public void Refuse(string refusal) => _all = new(null, $"the API server refuses the pod: {refusal}");

    public void AddSandbox(SandboxFault fault)
    {
        _sandbox = fault;
        if (fault.Verdict == Verdict.Failure) _all = new(null, "the pod's sandbox cannot be made");
    }

    /// <summary>Why kubelet does not get to it; null where it does. Ephemeral containers wait for no init container.</summary>
    public PodBlocker? BlockerOf(AdmittedContainer container) =>
        container.Container.Role == ContainerRole.ImageVolume ? pod.Refusal is null && _sandbox?.Verdict != Verdict.Failure ? null : _all
        : _all ?? (container.Container.Role == ContainerRole.Ephemeral ? null : _afterInit);

    public void AddWaiting(AdmittedContainer container, PodBlocker blocker)
    {
        var state = pod.Refusal is not null ? new ContainerState("waiting", null, blocker.Why)
            : blocker.State ?? new ContainerState("waiting", _hasInit && !IsApart(container.Container.Role) ? "PodInitializing" : "ContainerCreating");
        _containers.Add(new(container, Verdict.Failure, state) { Notes = [$"kubelet does not get to it: {blocker.Why}"] });
    }

    public void Add(ContainerOutcome outcome)
    {
        if (_sandbox is { Verdict: Verdict.Unknown } open && outcome.Verdict is Verdict.Ok or Verdict.Warning)
            outcome = outcome with { Verdict = Verdict.Unknown, Notes = [.. outcome.Notes, open.Text] };
        _containers.Add(outcome);
        if (outcome.Verdict != Verdict.Failure) return;
        var (name, role) = (outcome.Container.Container.Name, outcome.Container.Container.Role);
        if (role == ContainerRole.ImageVolume) _all ??= new(outcome.State, $"the image of the volume {name} cannot be had");
        else if (IsInit(role)) _afterInit ??= new(null, $"the init container {name} does not {(role == ContainerRole.Init ? "end" : "start")}");
    }

    public PodOutcome Finish() => new(pod, node, Verdicts.Worst(_containers.Select(c => c.Verdict).Append(pod.Refusal is null ? Verdict.Ok : Verdict.Failure)), _containers) { Events = Events() };

    /// <summary>Null where no scheduler decides, or where the pod's own name is not known.</summary>
    public static PodEvent? Scheduled(Pod pod, Node node) => pod is not { Kind: "Pod", IsStatic: false, Placement.NodeName: null } ? null
        : new(TimeSpan.Zero, "Normal", "Scheduled", "default-scheduler", $"Successfully assigned {pod.Namespace}/{pod.Name} to {node.Name}");

    private IReadOnlyList<PodEvent> Events()
    {
        if (pod.Refusal is not null) return [];
        var events = new List<PodEvent>();
        if (Scheduled(pod.Pod, node) is { } scheduled) events.Add(scheduled);
        // pkg/kubelet/kubelet.go, getPullSecretsForPod: each time that the pod is looked at.
        if (pod.Identity.Missing.Count > 0)
            events.Add(Repeated("FailedToRetrieveImagePullSecret", KubeletWords.MissingSecrets(pod.Identity.Missing), often: _containers.Any(c => c.Verdict == Verdict.Failure)));
        if (_sandbox is { Verdict: Verdict.Failure } fault) events.Add(Repeated("FailedCreatePodSandBox", $"Failed to create pod sandbox: {fault.Text}", often: true));
        events.AddRange(_containers.SelectMany(c => c.Events));
        return [.. events.OrderBy(e => e.At)];
    }

    private static PodEvent Repeated(string reason, string message, bool often) => new(TimeSpan.Zero, "Warning", reason, "kubelet", message)
    {
        Count = often ? (int)(BackOffTimeline.Shown / BackOffTimeline.Sync) + 1 : 1,
        Last = often ? BackOffTimeline.Shown : TimeSpan.Zero,
    };

    /// <summary>pkg/kubelet/kubelet_pods.go, convertToAPIContainerStatuses: every container of a pod with init containers waits as PodInitializing.</summary>
    private static bool IsApart(ContainerRole role) => role is ContainerRole.ImageVolume or ContainerRole.Ephemeral;

    private static bool IsInit(ContainerRole role) => role is ContainerRole.Init or ContainerRole.Sidecar;
}
