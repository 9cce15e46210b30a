namespace Viaduct.Simulation;

/// <summary>Whether a predicted pull comes to nothing after the registry gave the manifest.</summary>
internal static class PullFault
{
    /// <summary>All of the image's first parts are fetched and unpacked before anything is started, so these end the pull and not the container.</summary>
    private static readonly HashSet<string> EndPulls =
    [
        .. new[]
        {
            FindingKinds.PlatformMissing, FindingKinds.NestedList, FindingKinds.NoImages, FindingKinds.ContentMissing, FindingKinds.NotAnImage,
            FindingKinds.LayersDisagree, FindingKinds.Unusable,
        }.Select(k => k.Code),
    ];

    /// <summary>What the runtime says, as kubelet shows it; null where the image is pulled.</summary>
    public static string? Of(SimulatedPull pull, string image)
    {
        if (pull.Selection is { Chosen: null, Error: { } error }) return PullErrors.AsKubeletSays(error);
        foreach (var finding in pull.Findings)
            if (finding.Verdict == Verdict.Failure && (EndPulls.Contains(finding.Kind.Code) || pull.Selection is { Chosen: null }))
                return $"failed to pull and unpack image \"{image}\": {RuntimeAnswer.Unsaid(pull.Node.Runtime)}: {finding.Kind.Title}";
        return null;
    }
}
