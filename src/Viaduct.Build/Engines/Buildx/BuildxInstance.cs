using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>A builder of buildx, as <c>docker buildx inspect</c> shows it.</summary>
/// <param name="Nodes">What each of its machines runs, its own platform first; empty where none is running yet.</param>
/// <param name="Endpoint">Of its first node: for the driver docker, a context's name.</param>
/// <param name="HasStore">False for an engine that keeps images in its own graph: it can neither export archives nor lists.</param>
internal sealed record BuildxInstance(string Name, string Driver, string Endpoint, IReadOnlyList<IReadOnlyList<Platform>> Nodes, bool HasStore = true)
{
    /// <summary>Of all its nodes.</summary>
    public IReadOnlyList<Platform> Platforms { get; } = [.. Nodes.SelectMany(n => n).Distinct()];

    public bool IsDocker => Driver == "docker";

    /// <summary>For messages.</summary>
    public string Kind => HasStore ? $"driver {Driver}" : $"driver {Driver}, without the containerd image store";

    /// <summary>Whether a program for the platform can be started: natively, or by what emulates it. Variants are levels of one thing.</summary>
    public bool Runs(Platform platform)
    {
        var wanted = platform.Normalized();
        return Platforms.Count == 0 || Platforms.Select(p => p.Normalized()).Any(p =>
            p.Os == wanted.Os && (p.Architecture == wanted.Architecture || (p.Architecture == "amd64" && wanted.Architecture == "386")));
    }

    /// <summary>What the machine is that builds for the platform (BUILDPLATFORM there); null where none is running yet. Of several it is the first (buildx, resolver).</summary>
    public Platform? MachineFor(Platform platform)
    {
        var wanted = platform.Normalized();
        var node = Nodes.FirstOrDefault(n => n.Any(p => p.Normalized().Equals(wanted)))
            ?? Nodes.FirstOrDefault(n => n.Select(p => p.Normalized()).Any(p => p.Os == wanted.Os && p.Architecture == wanted.Architecture)) ?? Nodes.FirstOrDefault();
        // Levels of amd64 are no other machines.
        return node is [var own, ..] ? own.Architecture == "arm" ? own : new Platform(own.Os, own.Architecture) : null;
    }

    /// <summary>The request as BuildKit there sees it.</summary>
    public BuildRequest Seen(BuildRequest request) => MachineFor(request.Platform) is { } machine ? EngineRequest.At(request, machine) : request;
}
