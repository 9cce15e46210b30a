namespace Viaduct.Simulation;

/// <summary>The events of one container while they are collected.</summary>
internal sealed class EventLog(KubeletWords words, AdmittedContainer container)
{
    private const string Normal = "Normal";
    private const string Warning = "Warning";
    private const string Kubelet = "kubelet";

    private static readonly IReadOnlyList<TimeSpan> Once = [TimeSpan.Zero];
    private static readonly IReadOnlyList<TimeSpan> Pulls = BackOffTimeline.Pulls(BackOffTimeline.Shown);
    private static readonly IReadOnlyList<TimeSpan> Waits = BackOffTimeline.Waits(BackOffTimeline.Shown);
    private static readonly IReadOnlyList<TimeSpan> Always = [.. Pulls.Concat(Waits).Order()];

    private readonly List<PodEvent> _events = [];
    private readonly string? _path = PodValidation.ListOf(container.Container.Role) is { } list ? $"spec.{list}{{{container.Container.Name}}}" : null;

    private string Image => container.Container.Image;

    public IReadOnlyList<PodEvent> Events => [.. _events];

    public EventLog Pulling() => Add(Once, Normal, "Pulling", KubeletWords.Pulling(Image));

    public EventLog Pulled() => Pulling().Add(Once, Normal, "Pulled", words.Pulled(Image));

    public EventLog Present(bool verified) => Add(Once, Normal, "Pulled", KubeletWords.Present(Image, verified));

    public EventLog Started() => container.Container.Role == ContainerRole.ImageVolume ? this
        : Add(Once, Normal, "Created", words.Created(container.Container.Name)).Add(Once, Normal, "Started", words.Started(container.Container.Name));

    public EventLog Never() => Add(Always, Warning, "ErrImageNeverPull", KubeletWords.NeverPull(Image)).Error(Always, "ErrImageNeverPull");

    public EventLog Invalid(string message) => Add(Always, Warning, "InspectFailed", message).Error(Always, "InvalidImageName");

    /// <summary>No keyring could be made: the error itself is the reason.</summary>
    public EventLog Unreadable(string error) => Error(Always, error);

    public EventLog Failing(string error) =>
        Add(Pulls, Normal, "Pulling", KubeletWords.Pulling(Image))
            .Add(Pulls, Warning, "Failed", KubeletWords.Failed(Image, error))
            .Error(Pulls, KubeletWords.PullError(Image, error).Reason)
            .Add(Waits, Normal, "BackOff", KubeletWords.BackOff(Image))
            .Error(Waits, "ImagePullBackOff");

    /// <summary>kuberuntime_container.go, startContainer: after every error, whatever was said before.</summary>
    private EventLog Error(IReadOnlyList<TimeSpan> at, string reason) => Add(at, Warning, "Failed", $"Error: {reason}");

    private EventLog Add(IReadOnlyList<TimeSpan> at, string type, string reason, string message)
    {
        _events.Add(new(at[0], type, reason, Kubelet, message) { Count = at.Count, Last = at[^1], FieldPath = _path });
        return this;
    }
}
