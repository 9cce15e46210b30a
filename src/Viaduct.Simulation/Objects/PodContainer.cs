namespace Viaduct.Simulation;

/// <summary>A container of a pod as it is written (k8s.io/api/core/v1, Container), as far as it decides what is pulled and started.</summary>
/// <param name="Image">As written, never expanded; empty where it is missing.</param>
/// <param name="Where"><c>file:line:column</c> of the image.</param>
public sealed record PodContainer(string Name, string Image, ContainerRole Role, string Where)
{
    /// <summary>As written; null where it is left to the default.</summary>
    public string? PullPolicy { get; init; }

    /// <summary>The pod's command and args as one list; null where the image's own are taken.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>The pod's args where it has no command: they stand behind the image's entrypoint, and are what is started where it has none.</summary>
    public IReadOnlyList<string>? Arguments { get; init; }
}
