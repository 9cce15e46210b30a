namespace Viaduct.Simulation;

/// <summary>dockerd with the containerd store (moby v28 daemon/containerd/image_pull.go and registry_errors.go); observed on 28.5.2.</summary>
internal static class DockerStoreWords
{
    private const string Daemon = "Error response from daemon: ";

    public static string? Text(PullPlace place, RegistryAnswer answer, SentCredentials credentials)
    {
        if (new ContainerdResolve(ResolverWords.V2, place, answer, credentials).Failure() is not { } failure) return null;
        if (failure.Class == FailureClass.Denied && !failure.Text.Contains("no basic auth credentials", StringComparison.Ordinal))
            return Daemon + DockerErrors.AccessDenied(place);
        var text = failure.Resolving ? $"failed to resolve reference \"{place.Full}\": {failure.Text}" : failure.Text;
        if (failure.Class != FailureClass.Status) return Daemon + text;
        // Only the token server's words are kept; a registry's are lost with the HEAD.
        return failure.Body is { Errors: { Count: > 0 } errors }
            ? $"{Daemon}error from registry: {string.Join('\n', errors.Select(Message))}"
            : $"{Daemon}unknown: {text}";
    }

    private static string Message(RegistryError error)
    {
        var message = error.Message.Length > 0 ? error.Message : DockerErrors.UsualMessage(error.Code);
        return error.Detail is ['"', .. var detail, '"'] ? $"{message} - {detail}" : message;
    }
}
