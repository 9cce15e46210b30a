using Viaduct.Attestations;
using Viaduct.Copying;
using Viaduct.Execution;
using Viaduct.Oci;
using Viaduct.Preparation;
using Viaduct.Registry;

namespace Viaduct.Signing;

/// <summary>Runs the set's command for every list that has no signature yet, one after the other: a key in hardware or behind a login takes no more.</summary>
internal sealed class ImageSigner(SignStep step, RegistryClient registry, long epoch, IProgress<JobEvent>? progress, TimeProvider time)
{
    /// <summary>Registries may show late what was pushed.</summary>
    private static readonly TimeSpan[] Patience = [TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(2)];

    /// <summary>Variables in which cosign takes what nobody else may see; so are those that the command names as <c>env://NAME</c>.</summary>
    private static readonly string[] Secret = ["COSIGN_PASSWORD", "COSIGN_KEY", "COSIGN_PRIVATE_KEY"];

    /// <exception cref="ViaductException">VIA5086, VIA5087; it names all that is not signed.</exception>
    public async Task SignAsync(IReadOnlyList<SignTarget> targets, CancellationToken cancellationToken)
    {
        var isSigned = await Task.WhenAll(targets.Select(t => IsSignedAsync(t, cancellationToken))).ConfigureAwait(false);
        var left = new Queue<SignTarget>(targets.Where((_, i) => !isSigned[i]));
        for (; left.TryPeek(out var target); left.Dequeue())
        {
            progress?.Report(new("signing", target.ToString(), step.Line) { IsPassing = true });
            await CommandProcess.RunAsync(CallOf(target, [.. left.Select(t => t.ToString())]), epoch, time, cancellationToken).ConfigureAwait(false);
            if (!await ShowsAsync(target, cancellationToken).ConfigureAwait(false))
                throw AttestationErrors.NoSignature(step.Where, step.Line, target.ToString(), [.. left.Select(t => t.ToString())]);
            progress?.Report(new("signed", target.ToString(), step.Line));
        }
    }

    private async Task<bool> ShowsAsync(SignTarget target, CancellationToken cancellationToken)
    {
        foreach (var patience in Patience)
        {
            if (await IsSignedAsync(target, cancellationToken).ConfigureAwait(false)) return true;
            await Task.Delay(patience, time, cancellationToken).ConfigureAwait(false);
        }
        return await IsSignedAsync(target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where it is pushed to and no mirror of it is asked, and nothing is remembered of the last time.</summary>
    private Task<bool> IsSignedAsync(SignTarget target, CancellationToken cancellationToken) =>
        new Reviewer(CopySource.Of(registry.Repository(target.Repository, push: true)), new ReviewOptions()).IsSignedAsync(target.Manifest, cancellationToken);

    private CommandCall CallOf(SignTarget target, IReadOnlyList<string> unsigned)
    {
        string Replace(string text) => SignReader.Replace(text, target.Repository.Name, target.Manifest.Digest);
        return new CommandCall([.. step.Command.Select(Replace)], step.IsShell, step.Folder)
        {
            Environment =
            [
                .. step.Environment.Select(e => KeyValuePair.Create(e.Key, Replace(e.Value))),
                new("VIADUCT_IMAGE", target.Repository.Name), new("VIADUCT_DIGEST", target.Manifest.Digest.ToString()), new("VIADUCT_TAGS", string.Join(',', target.Tags)),
            ],
            Secrets = [.. step.Environment.Values, .. Secret.Concat(Named()).Select(Environment.GetEnvironmentVariable).OfType<string>()],
            Timeout = step.Timeout,
            Failures = new Told(step, unsigned),
        };
    }

    private IEnumerable<string> Named() =>
        step.Command.SelectMany(w => w.Split(' ')).Where(w => w.StartsWith("env://", StringComparison.Ordinal)).Select(w => w["env://".Length..]);

    private sealed class Told(SignStep step, IReadOnlyList<string> unsigned) : ICommandFailures
    {
        public ViaductException NotStarted(string why, Exception inner) => AttestationErrors.NotSigned(step.Where, step.Line, $"cannot be started: {why}", unsigned, inner);

        public ViaductException Failed(int exit, string output) => AttestationErrors.NotSigned(step.Where, step.Line, $"failed with exit code {exit}{output}", unsigned);

        public ViaductException TooSlow(TimeSpan limit, string output) => AttestationErrors.NotSigned(step.Where, step.Line, $"was stopped after {limit.TotalSeconds:0} seconds{output}", unsigned);
    }
}
