namespace Viaduct.Simulation;

/// <summary>What a container is to its pod, in the order in which kubelet gets to them.</summary>
public enum ContainerRole
{
    /// <summary>Runs to its end before the next; none of the later images is looked at until then.</summary>
    Init,

    /// <summary>An init container with <c>restartPolicy: Always</c>: it has to have started.</summary>
    Sidecar,

    App,

    Ephemeral,

    /// <summary>No container but <c>volumes[].image</c>: pulled before the first container.</summary>
    ImageVolume,
}
