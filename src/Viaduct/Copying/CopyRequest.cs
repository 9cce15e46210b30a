using Viaduct.Execution;
using Viaduct.Oci;

namespace Viaduct.Copying;

/// <summary>One image or list, which was resolved before: it is copied by its digest, whatever its tag does meanwhile.</summary>
/// <param name="Root">It is read when a target wants it: reads are what registries count.</param>
public sealed record CopyRequest(CopySource Source, Descriptor Root, IReadOnlyList<CopyDestination> Destinations)
{
    public CopyRequest(CopySource source, RawManifest manifest, IReadOnlyList<CopyDestination> destinations) : this(source, manifest.Descriptor, destinations) => Manifest = manifest;

    /// <summary>The root where it was read already.</summary>
    public RawManifest? Manifest { get; init; }

    /// <summary>What is about it and its images comes along: referrers, and the tags in which cosign keeps signatures.</summary>
    public bool WithReferrers { get; init; } = true;

    /// <summary>Repositories that hold all of it by the time that it is brought: their blobs are mounted where the registry is the target's.</summary>
    public IReadOnlyList<Reference> Holders { get; init; } = [];

    /// <summary>Looks and changes nothing.</summary>
    public bool DryRun { get; init; }

    public IProgress<JobEvent>? Progress { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
