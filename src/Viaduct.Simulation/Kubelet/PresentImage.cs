namespace Viaduct.Simulation;

/// <summary>An image in a node's store before the pod comes.</summary>
/// <param name="Names">As it is known there: <c>docker.io/library/nginx:1.27</c>, <c>repo@sha256:…</c> of the index.</param>
public sealed record PresentImage(IReadOnlyList<string> Names)
{
    /// <summary>The image ID: the digest of its config; null where it is not told.</summary>
    public string? Id { get; init; }

    public ImageOrigin Origin { get; init; } = ImageOrigin.Preloaded;

    /// <summary>With <see cref="ImageOrigin.Secret"/> <c>namespace/name</c> of the secret it was pulled with; of a ServiceAccount likewise.</summary>
    public string? PulledWith { get; init; }

    /// <summary>A name without tag and digest.</summary>
    internal static string RepositoryOf(string name)
    {
        var end = name.IndexOf('@');
        var head = end < 0 ? name : name[..end];
        var colon = head.LastIndexOf(':');
        return colon > head.LastIndexOf('/') ? head[..colon] : head;
    }
}
