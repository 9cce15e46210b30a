using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// The pause image, which the runtime pulls by itself where it is gone, with nobody's credentials (containerd internal/cri/server/podsandbox/sandbox_run.go, ensureImageExists).
/// </summary>
internal sealed class SandboxStart(Node node, SharedPulls pulls)
{
    private const string Rpc = "rpc error: code = ";
    private const string Desc = " desc = ";

    private readonly Puller _puller = new(node, pulls);
    private readonly ImageStore _store = new(node.Kubelet ?? KubeletSetup.Default);

    /// <summary>Null where nothing hinders it.</summary>
    public async ValueTask<SandboxFault?> TryAsync(CancellationToken cancellationToken)
    {
        if (node.Kubelet?.SandboxImage is not { } written) return null;
        if (!ImageName.TryParse(written, KubernetesVersion.Of(node), out var image, out var why)) return new(Verdict.Failure, Told(written, $"{Rpc}Unknown{Desc}{why}"));
        if (_store.Find(image) is not null) return null;

        var result = await _puller.PullAsync(image, CredentialLookup.Nothing, null, cancellationToken).ConfigureAwait(false);
        if (result.Error is null && result.Unknown is null) return null;
        if (!_store.KnowsAll) return new(Verdict.Unknown, $"it is not known whether the node has its sandbox image {written}, and without it no pod starts there");
        return result.Error is { } error ? new(Verdict.Failure, Told(written, error.StartsWith(Rpc, StringComparison.Ordinal) ? error : $"{Rpc}Unknown{Desc}{error}"))
            : new(Verdict.Unknown, $"it is not known whether the node gets its sandbox image {written}: {result.Unknown}");
    }

    /// <summary>kubelet shows this error whole: it takes the wrapping off those of PullImage alone.</summary>
    private string Told(string image, string error)
    {
        var (code, text) = error.IndexOf(Desc, StringComparison.Ordinal) is > 0 and var at ? (error[Rpc.Length..at], error[(at + Desc.Length)..]) : ("Unknown", error);
        if (node.Runtime.Name != "containerd") return $"{Rpc}{code}{Desc}{RuntimeAnswer.Unsaid(node.Runtime)}: {text}";
        // containerd 2.0 makes sandboxes through its sandbox service, whose caller says so.
        var step = node.Runtime.Version is "1.6" or "1.7" ? "" : "failed to start sandbox \"<id>\": ";
        return $"{Rpc}{code}{Desc}{step}failed to get sandbox image \"{image}\": failed to pull image \"{image}\": {text}";
    }
}
