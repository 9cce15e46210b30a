using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// What a pull that a registry refuses says, to the letter: a pure function of the runtime, the reference, the registry's answer and the credentials.
/// What fails after the manifest was found, for want of a matching platform, is <see cref="Selection.Error"/>'s.
/// </summary>
/// <remarks>
/// Taken for granted: no mirrors, no proxies, no registry set to plain HTTP. The words are those of the versions that were observed: docker from 23 on is
/// taken to speak as 28 does, and containerd 2.0 as 2.1 does when it pulls locally; containerd 2.3 follows a 403 with a GET and says more (containerd#13547).
/// </remarks>
public static class PullErrors
{
    private const string Unknown = "rpc error: code = Unknown desc = ";

    private static readonly CriWords Old = new(ResolverWords.V16, Transfer: false);
    private static readonly CriWords OldNew = new(ResolverWords.V17, Transfer: false);
    private static readonly CriWords Local = new(ResolverWords.V2, Transfer: false);
    private static readonly CriWords Transfer = new(ResolverWords.V2, Transfer: true);

    /// <param name="text">
    /// Of containerd the text of the gRPC error that kubelet gets, of docker what its command prints. Null where nothing that the registry says hinders the pull.
    /// </param>
    /// <returns>False where no rules are known for the runtime.</returns>
    public static bool TryTell(Runtime runtime, Reference reference, RegistryAnswer answer, SentCredentials credentials, out string? text)
    {
        var place = new PullPlace(reference);
        (var known, text) = (runtime.Name, runtime.Version, runtime.Mode) switch
        {
            ("containerd", "1.6", _) => (true, Old.Text(place, answer, credentials)),
            ("containerd", "1.7", _) => (true, OldNew.Text(place, answer, credentials)),
            ("containerd", "2.0", _) or ("containerd", _, Runtimes.Local) => (true, Local.Text(place, answer, credentials)),
            ("containerd", _, null) => (true, Transfer.Text(place, answer, credentials)),
            ("docker", "29", null) => (true, DockerStoreWords.Text(place, answer, credentials)),
            ("docker", "20.10", _) => (true, DockerGraphWords.V20.Text(place, answer, credentials)),
            ("docker", _, null) => (true, DockerGraphWords.V28.Text(place, answer, credentials)),
            ("docker", _, Runtimes.Store) => (true, DockerStoreWords.Text(place, answer, credentials)),
            _ => (false, null),
        };
        return known;
    }

    /// <summary>The same as events and container states show it: kubelet takes the wrapping off a code of Unknown (cri-client/pkg/remote_image.go, pullImageV1).</summary>
    public static string AsKubeletSays(string text) => text.StartsWith(Unknown, StringComparison.Ordinal) ? text[Unknown.Length..] : text;
}
