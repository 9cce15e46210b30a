using System.Net.Http.Headers;

namespace Viaduct.Registry;

/// <summary>
/// Follows redirects by hand: reads only, ten at most, never out of HTTPS, and with the credentials left behind as soon as scheme,
/// host or port change (distribution-spec, "Pulling blobs": MUST NOT forward).
/// </summary>
internal sealed class RedirectGuard(RegistryEndpoint registry, Wire wire, SemaphoreSlim gate)
{
    private const int MaxHops = 10;

    public async Task<Answer> SendAsync(Call call, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        var target = call.Uri;
        for (var hop = 0; ; hop++)
        {
            // An upload location may be elsewhere from the start.
            if (!registry.Owns(target)) authorization = null;
            var answer = await wire.SendAsync(call, target, authorization, call.IsAside ? null : gate, cancellationToken).ConfigureAwait(false);
            if (answer.Status is not (301 or 302 or 303 or 307 or 308)) return answer;
            using (answer)
            {
                if (call.Method != HttpMethod.Get && call.Method != HttpMethod.Head)
                    throw RegistryErrors.Redirect(answer.Name, "only reads may be redirected");
                if (hop == MaxHops)
                    throw RegistryErrors.Redirect(answer.Name, $"after {MaxHops} hops there is no end");
                if (!Locations.TryResolve(target, answer.Header("Location"), out var next))
                    throw RegistryErrors.Redirect(answer.Name, "the Location is missing or malformed");
                if (TargetGuard.Refuse(registry, target, next) is { } why)
                    throw RegistryErrors.Redirect(answer.Name, $"{next.Authority} is refused: {why}");
                target = next;
            }
        }
    }
}
