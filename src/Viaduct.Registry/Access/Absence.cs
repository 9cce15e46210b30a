using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// Whether a 404 says that something is not there. Proxies, login pages and object stores answer 404, too: who pushes over what was taken for
/// absent loses it. Registries differ in the body (Harbor says UNKNOWN, distribution "404 page not found", others nothing at all), so where the
/// answer itself does not show a registry, <c>/v2/</c> is asked, without credentials.
/// </summary>
internal sealed class Absence(RegistryEndpoint registry, RedirectGuard way, TimeProvider clock)
{
    /// <summary>Every registry sent it before OCI's specification, and most do now (distribution, api.md "API Version Check").</summary>
    private const string ApiVersion = "Docker-Distribution-Api-Version";

    /// <summary>A proxy may stand there any time, and be gone again.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _one = new(1);
    private (long At, bool Known) _seen;

    /// <summary>Why a 404 does not count; null when it does.</summary>
    /// <param name="answer">Read to its end here, up to a bound, unless it shows by its headers what it is.</param>
    public async ValueTask<string?> DoubtAsync(Answer answer, CancellationToken cancellationToken)
    {
        var isHere = registry.Owns(answer.Uri);
        if ((isHere || IsApi(answer.Uri)) && await IsSpokenAsync(answer, cancellationToken).ConfigureAwait(false))
        {
            if (isHere) See();
            return null;
        }
        // A store that lost what the registry points to: the registry has it, or it would not.
        if (!isHere) return $"{answer.Uri.Authority}, to which {registry.Registry} pointed, says that it has it not";
        return await IsRegistryAsync(answer.Method == HttpMethod.Head, cancellationToken).ConfigureAwait(false) ? null
            : $"{registry.Registry} does not answer at /v2/ as a registry does";
    }

    /// <exception cref="ViaductException">VIA3070 for a 404 that does not count.</exception>
    public async ValueTask ConfirmAsync(Answer answer, CancellationToken cancellationToken)
    {
        if (await DoubtAsync(answer, cancellationToken).ConfigureAwait(false) is { } why)
            throw await RegistryErrors.NotCleanAsync(answer, registry, why, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<bool> IsSpokenAsync(Answer answer, CancellationToken cancellationToken) =>
        answer.Header(ApiVersion) is not null
        || (!answer.IsHtml && (await ErrorEnvelope.ReadAsync(answer, cancellationToken).ConfigureAwait(false)).IsSpoken);

    private static bool IsApi(Uri uri) => uri.AbsolutePath.StartsWith("/v2/", StringComparison.Ordinal);

    /// <param name="hasNoBody">A HEAD never shows what answered it, and a push sends many: what was seen a moment ago counts for it.</param>
    private async ValueTask<bool> IsRegistryAsync(bool hasNoBody, CancellationToken cancellationToken)
    {
        if (!hasNoBody) return await PingAsync(cancellationToken).ConfigureAwait(false);
        using var held = await Held.EnterAsync(_one, cancellationToken).ConfigureAwait(false);
        return WasSeen() || await PingAsync(cancellationToken).ConfigureAwait(false);
    }

    private void See()
    {
        lock (_lock) _seen = (clock.GetTimestamp(), true);
    }

    private bool WasSeen()
    {
        lock (_lock) return _seen.Known && clock.GetElapsedTime(_seen.At) < Recent;
    }

    /// <summary>200, or 401 with a way in (distribution-spec, "Determining Support"). Whoever fails to answer this has not said that it is none.</summary>
    private async ValueTask<bool> PingAsync(CancellationToken cancellationToken)
    {
        var ping = new Call(HttpMethod.Get, registry.Ping) { IsAside = true };
        using var pong = await way.SendAsync(ping, null, cancellationToken).ConfigureAwait(false);
        if (pong.Status is 408 or 429 or >= 500) throw await RegistryErrors.FailedAsync(pong, registry, cancellationToken).ConfigureAwait(false);
        var isRegistry = registry.Owns(pong.Uri) && !pong.IsHtml && pong.Status switch
        {
            200 => true,
            401 => Challenge.Choose(pong.Headers("WWW-Authenticate")) is not null,
            _ => false,
        };
        if (isRegistry) See();
        return isRegistry;
    }
}
