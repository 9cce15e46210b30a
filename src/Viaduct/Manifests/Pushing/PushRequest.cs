using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>A local list to push.</summary>
public sealed record PushRequest(Reference List)
{
    /// <summary>More tags of the list's repository, put after its own.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Refuses what is only noted otherwise: two images for one platform, images of both docker and OCI kind.</summary>
    public bool Strict { get; init; }

    /// <summary>Asks the registry afterwards whether each name has the list, with patience for one that lags.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>Removes the local list when all has succeeded.</summary>
    public bool Purge { get; init; }

    /// <summary>Called once, when all is pushed, or looked at by a dry run: what fails after it has not undone that.</summary>
    public Func<PushedList, Task> Report { get; init; } = _ => Task.CompletedTask;

    /// <summary>Writes nothing anywhere: says what would be sent.</summary>
    public bool DryRun { get; init; }
}
