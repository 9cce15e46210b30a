using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>Pulls an image with each credential in turn until one does it (pkg/kubelet/kuberuntime/kuberuntime_image.go, PullImage).</summary>
internal sealed class Puller(Node node, SharedPulls pulls)
{
    private static readonly OfferedCredential?[] Nobody = [null];

    private readonly KeyedTasks<(IContentSource, Digest, string Image, string Command), SimulatedPull> _images = new();

    public async ValueTask<PullResult> PullAsync(ImageName image, CredentialLookup credentials, IReadOnlyList<string>? command, CancellationToken cancellationToken)
    {
        var trials = new List<CredentialTrial>();
        SimulatedPull? pulled = null;
        // With any credential there is no try without (same place): a stale one breaks a public image.
        IEnumerable<OfferedCredential?> offered = credentials.Offered;
        if (credentials.Offered.Count == 0) offered = Nobody;
        foreach (var credential in offered)
        {
            var (trial, pull, anyhow) = await TryAsync(image, credential, command, cancellationToken).ConfigureAwait(false);
            trials.Add(trial);
            pulled = pull ?? pulled;
            if (trial is { Error: null, Unknown: null }) return Got(trials, pull, credentials);
            if (anyhow) return new(trials) { Error = trial.Error };
        }
        if (trials.FirstOrDefault(t => t.Unknown is not null) is { } open) return new(trials) { Unknown = open.Unknown, Pull = pulled };
        return credentials.Unknown is { } unknown ? new(trials) { Unknown = unknown, Pull = pulled } : new(trials) { Error = Aggregate(trials), Pull = pulled };
    }

    /// <summary>What a provider gives would have been sent in place of nothing, and may be wrong; after what did it, it is not asked for.</summary>
    private static PullResult Got(List<CredentialTrial> trials, SimulatedPull? pull, CredentialLookup credentials) =>
        new(trials) { Pull = pull, Unknown = credentials.Offered.Count == 0 ? credentials.Unknown : null };

    /// <returns>The trial, what it got or would get, and whether it fails so with any credential.</returns>
    private async ValueTask<(CredentialTrial, SimulatedPull?, bool Anyhow)> TryAsync(
        ImageName image, OfferedCredential? credential, IReadOnlyList<string>? command, CancellationToken cancellationToken)
    {
        var answer = await pulls.AskAsync(image.Reference, credential?.Login, cancellationToken).ConfigureAwait(false);
        if (answer.Answer is { } said && RuntimeAnswer.Of(node.Runtime, image.Reference, said, SentCredentials.Of(credential?.Login)) is { } refused)
            return (new(credential, PullErrors.AsKubeletSays(refused)), null, IsForAll(said));

        var unknown = answer.Unknown ?? (answer.Answer is null ? "it is not known what the registry says" : null);
        if (answer is not { Source: { } source, Manifest: { } manifest }) return (new(credential, null, unknown), null, false);
        // A described image has no programs but one of its own.
        if (answer.ProgramsAreUnknown) command = null;
        try
        {
            var key = (source, manifest.Digest, image.Stored, string.Join('\0', command ?? []));
            var pull = await _images.GetAsync(key, ct => pulls.PullAsync(source, manifest, image.Stored, node, command, ct), cancellationToken).ConfigureAwait(false);
            // Nobody may get it, and nobody gets anything that does for this node.
            return PullFault.Of(pull, image.Stored) is { } fault ? (new(credential, unknown is null ? fault : null, unknown), pull, false) : (new(credential, null, unknown), pull, false);
        }
        catch (ViaductException e) when (e.IsAboutContent() || e.Code == "VIA6002")
        {
            return (new(credential, unknown is null ? $"failed to pull and unpack image \"{image.Stored}\": {RuntimeAnswer.Unsaid(node.Runtime)}: {e.Message}" : null, unknown), null, false);
        }
        catch (ViaductException e)
        {
            return (new(credential, null, unknown ?? $"the image could not be read: {e.Told()}"), null, false);
        }
    }

    /// <summary>What the registry says to everybody, before it looks at credentials.</summary>
    private static bool IsForAll(RegistryAnswer answer) => answer.Failure is not null || answer is { Challenge: null, Manifest.Status: 404 };

    /// <summary>k8s.io/apimachinery util/errors, aggregate.Error: each text once, and brackets around more than one.</summary>
    internal static string Aggregate(IEnumerable<CredentialTrial> trials)
    {
        var texts = trials.Select(t => t.Error!).Distinct(StringComparer.Ordinal).ToList();
        return texts is [var only] ? only : $"[{string.Join(", ", texts)}]";
    }
}
