namespace Viaduct.Simulation;

/// <summary>Puts what was decided about a container into its state, its events and notes.</summary>
internal sealed class OutcomeMaker(KubernetesVersion kubernetes)
{
    private const string Waiting = "waiting";

    private readonly KubeletWords _words = new(kubernetes);

    public ContainerOutcome Invalid(AdmittedContainer container, string why)
    {
        var message = $"Failed to apply default image tag {GoText.Quote(container.Container.Image)}: {why}";
        return Make(container, Verdict.Failure, new(Waiting, "InvalidImageName", message), Log(container).Invalid(message));
    }

    /// <summary>A pull secret that cannot be read: nothing is pulled, from no registry.</summary>
    public ContainerOutcome Unreadable(AdmittedContainer container, string error, CredentialLookup credentials) =>
        Make(container, Verdict.Failure, new(Waiting, error, error), Log(container).Unreadable(error), "a pull secret cannot be read, so nothing is pulled for the pod, whatever the registry")
            with { Credentials = credentials };

    public ContainerOutcome Present(AdmittedContainer container, bool verified) =>
        Make(container, Verdict.Ok, Started(container), Log(container).Present(verified).Started(), "the image that is on the node is used: what it is made of, and for which platform, nobody looks at");

    public ContainerOutcome Never(AdmittedContainer container, bool isHidden) =>
        Make(container, Verdict.Failure, new(Waiting, "ErrImageNeverPull", KubeletWords.NeverPull(container.Container.Image)), Log(container).Never(),
            isHidden ? "the image is on the node, but this pod has no credential that it was pulled with, and kubelet says the same as if it were not there (KEP-2535)"
                : "put the image on the node under this very name, or let the policy be IfNotPresent");

    public ContainerOutcome Pulled(AdmittedContainer container, PullResult result, CredentialLookup credentials)
    {
        var (image, log) = (container.Container.Image, Log(container));
        var outcome = result switch
        {
            { Error: { } error } => Make(container, Verdict.Failure, _words.Waiting(image, error), log.Failing(error)),
            { Unknown: { } unknown } => Make(container, Verdict.Unknown, new("unknown", null, unknown), log.Pulling(), unknown, Endings(container, result, credentials)),
            { Pull: null } => Make(container, Verdict.Unknown, new("unknown", null, "the image is pulled; what it is made of is not known"), log.Pulled()),
            { Pull.Verdict: Verdict.Failure } => Make(container, Verdict.Failure, Crashing(container), log.Pulled().Started()),
            { Pull.Verdict: Verdict.Unknown } => Make(container, Verdict.Unknown, new("unknown", null, "the image is pulled; whether it runs is not known"), log.Pulled()),
            _ => Make(container, result.Verdict, Started(container), log.Pulled().Started()),
        };
        return outcome with { Trials = result.Trials, Credentials = credentials, Pull = result.Pull, Notes = [.. outcome.Notes, .. Advice(result, credentials)] };
    }

    /// <summary>Two ways it can go, of which one is that the image may be used as it is.</summary>
    public ContainerOutcome Either(ContainerOutcome otherwise, bool verified, string why)
    {
        if (otherwise.Verdict is Verdict.Ok or Verdict.Warning) return otherwise with { Notes = [.. otherwise.Notes, $"{why}; it starts both ways"] };
        var bad = otherwise.State.Reason is { } reason ? $"{reason}: {otherwise.State.Message}" : otherwise.State.Message;
        return otherwise with
        {
            Verdict = Verdict.Unknown,
            State = new("unknown", null, why),
            Events = [],
            Notes = [.. otherwise.Notes, $"if the pod may use what the node has: {KubeletWords.Present(otherwise.Container.Container.Image, verified)}", $"otherwise: {bad}"],
        };
    }

    /// <summary>
    /// Kubelet has no plugin that mounts the volume, and an API server that is set alike drops what the volume is and refuses the rest
    /// (pkg/api/pod/util.go, dropDisabledFields; pkg/kubelet/kuberuntime, getImageVolumes).
    /// </summary>
    public ContainerOutcome NoVolumes(AdmittedContainer container) =>
        Make(container, Verdict.Failure, new(Waiting, "ContainerCreating"), Log(container),
            $"kubelet {kubernetes} mounts no image volumes: the feature gate ImageVolume is off (it is on by default from 1.35); where it is off at the API server too, the pod is refused: must specify a volume type");

    private ContainerOutcome Make(AdmittedContainer container, Verdict verdict, ContainerState state, EventLog log, params string[] notes) =>
        new(container, verdict, state) { Events = log.Events, Notes = [.. notes.Where(n => n.Length > 0)] };

    private EventLog Log(AdmittedContainer container) => new(_words, container);

    private string Endings(AdmittedContainer container, PullResult result, CredentialLookup credentials)
    {
        var good = _words.Pulled(container.Container.Image);
        var login = credentials.Offered.Count > 0 || credentials.Unknown is not null;
        var bad = result.Trials.FirstOrDefault(t => t.Error is not null)?.Error ?? $"what the registry says to {(login ? "a login that it does not take" : "who has no login, or of an image that it does not have")}";
        return $"if it is {(login ? "let in" : "there for everybody")}: {good}; otherwise: {KubeletWords.Failed(container.Container.Image, bad)}, ErrImagePull";
    }

    private static IEnumerable<string> Advice(PullResult result, CredentialLookup credentials)
    {
        // What they say goes with the pull.
        foreach (var kind in (result.Pull?.Findings ?? []).Where(f => f.Verdict != Verdict.Ok).Select(f => f.Kind).Distinct())
            yield return $"{kind.Code}: {kind.Remedy}";
        // Whoever found nothing to take was let in.
        if (result.Error is not null && result.Pull is null && credentials.Offered.Count > 0)
            yield return "kubelet pulls without credentials only where none matches: one that is wrong breaks the pull of a public image too";
    }

    private static ContainerState Started(AdmittedContainer container) =>
        container.Container.Role == ContainerRole.Init ? new("terminated", "Completed") : new ContainerState("running");

    /// <summary>kubelet has no check of the architecture: the program is started, and the kernel or the runtime refuses it, again and again.</summary>
    private static ContainerState Crashing(AdmittedContainer container) => container.Container.Role == ContainerRole.ImageVolume
        ? new("running")
        : new(Waiting, "CrashLoopBackOff", $"back-off 5m0s restarting failed container={container.Container.Name}");
}
