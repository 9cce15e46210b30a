namespace Viaduct.Simulation;

/// <summary>What CRI puts around the resolver's failures: the text that kubelet gets over gRPC.</summary>
/// <param name="Transfer">Through the transfer service, the default since containerd 2.1.</param>
internal sealed record CriWords(ResolverWords Resolver, bool Transfer)
{
    public string? Text(PullPlace place, RegistryAnswer answer, SentCredentials credentials)
    {
        // pkg/transfer asks for credentials by host, and says so.
        if (Transfer && credentials.Defect is { } defect) credentials = SentCredentials.Unreadable($"failed to get credentials for \"{place.Host}\": {defect}");
        if (new ContainerdResolve(Resolver, place, answer, credentials).Failure() is not { } failure) return null;
        if (Transfer && failure is { Class: FailureClass.NotImplemented, Resolving: false })
            failure = failure with { Class = FailureClass.InvalidArgument, Text = "schema 1 image manifests are no longer supported: invalid argument" };
        var resolving = !failure.Resolving ? "" : Transfer ? "failed to resolve image: " : $"failed to resolve reference \"{place.Full}\": ";
        return $"rpc error: code = {Code(failure.Class)} desc = failed to pull and unpack image \"{place.Full}\": {resolving}{failure.Text}";
    }

    /// <summary>containerd/errdefs, errgrpc.ToGRPC.</summary>
    private static string Code(FailureClass failure) => failure switch
    {
        FailureClass.NotFound => "NotFound",
        FailureClass.NotImplemented => "Unimplemented",
        FailureClass.InvalidArgument => "InvalidArgument",
        _ => "Unknown",
    };
}
