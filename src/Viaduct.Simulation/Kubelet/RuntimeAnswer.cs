using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What a node's runtime makes of a registry's answer.</summary>
internal static class RuntimeAnswer
{
    /// <summary>Null where nothing hinders the pull; otherwise the gRPC error as kubelet gets it.</summary>
    public static string? Of(Runtime runtime, Reference image, RegistryAnswer answer, SentCredentials sent)
    {
        if (PullErrors.TryTell(runtime, image, answer, sent, out var text)) return text;
        // No words are known: whether it fails is the registry's doing, and containerd's resolver tells that as well as any.
        var place = new PullPlace(image);
        if (new ContainerdResolve(ResolverWords.V2, place, answer, sent).Failure() is not { } failure) return null;
        // cri-o internal/storage and server/image_pull.go: syscall.ECONNREFUSED alone becomes RegistryUnavailable.
        return answer.Failure is { Fault: ConnectionFault.Refused }
            ? $"RegistryUnavailable: pinging container registry {place.Host}: {Unwrapped(failure.Text)}"
            : $"{Unsaid(runtime)}: {failure.Text}";
    }

    /// <summary>What stands before an error whose words in this runtime are not known here.</summary>
    public static string Unsaid(Runtime runtime) => $"<in the words of {runtime}>";

    private static string Unwrapped(string text) => text.Replace("failed to do request: Head ", "Get ", StringComparison.Ordinal);
}
