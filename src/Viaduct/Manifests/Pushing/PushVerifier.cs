using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Manifests;

/// <summary>
/// Asks a registry what it shows under the names that were put: one HEAD a name, again with growing pauses while a registry lags
/// behind its own writes (seen at ghcr.io).
/// </summary>
/// <param name="before">What was pushed the last time, as far as that is known.</param>
internal sealed class PushVerifier(RepositoryClient target, Digest? before, TimeProvider clock, Action<string> note)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    /// <exception cref="ViaductException">VIA5126 when a name still has what was pushed the last time, or nothing.</exception>
    public async Task VerifyAsync(Reference name, Digest list, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause *= 2)
        {
            Digest? shown;
            try
            {
                shown = (await target.HeadManifestAsync(name.Tag ?? list.ToString(), cancellationToken).ConfigureAwait(false))?.Digest;
            }
            catch (ViaductException e)
            {
                // The push has succeeded. Some accounts may write and not read.
                note($"{name} was pushed and could not be looked at: {e.Code}: {e.Message}");
                return;
            }
            if (shown == list) return;
            var left = Patience - clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                if (shown is null || shown == before) throw PushErrors.NotShown(name, list, shown, Patience);
                note($"{name} is {shown} now: another push has come after this one, or the registry shows an old list for long");
                return;
            }
            await Task.Delay(pause < left ? pause : left, clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
