using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// Fetches files that are no registry's. Nothing is sent but the address: no credentials, no cookies. Ten redirects are followed, never out of
/// HTTPS and never into a more private network than the address itself is in; whatever stands still for a minute, or drips, has failed.
/// </summary>
public sealed class FileFetcher(TimeProvider clock)
{
    /// <summary>More is no file that a build needs.</summary>
    public const long MaxSize = 16L << 30;

    /// <summary>Bytes a second, from the beginning and once <see cref="Grace"/> is over: a byte now and then would hold a build for ever.</summary>
    internal const int LeastRate = 64 << 10;

    internal static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Writes the file to the output. No answer, and an answer that asks for patience, are tried again; a body that breaks off is not.</summary>
    /// <param name="address">HTTP or HTTPS, without a user name.</param>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="ViaductException">VIA3001 to VIA3004, VIA3010 to VIA3031.</exception>
    public async Task<long> FetchAsync(Uri address, Stream output, CancellationToken cancellationToken, long limit = MaxSize)
    {
        if (address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0) throw new ArgumentException("An HTTP address without a user name.", nameof(address));
        var endpoint = new RegistryEndpoint(address.Authority, new Uri(address.GetLeftPart(UriPartial.Authority)));
        using var wire = new Wire(new RegistryOptions { Clock = clock, Credentials = NoCredentials.Instance, CertificateFolder = null }, endpoint);
        using var gate = new SemaphoreSlim(1);
        var redirects = new RedirectGuard(endpoint, wire, gate);
        using var answer = await new RetryPolicy(clock).SendAsync(
            new Call(HttpMethod.Get, address), (call, token) => redirects.SendAsync(call, null, token), cancellationToken).ConfigureAwait(false);
        if (answer.Status != 200) throw RegistryErrors.File(answer);
        if (answer.Length > limit) throw RegistryErrors.TooLarge(answer.Name, "the file", limit);
        await using var body = await answer.HandOutAsync(cancellationToken).ConfigureAwait(false);
        return await CopyAsync(body, output, answer, limit, cancellationToken).ConfigureAwait(false);
    }

    private async Task<long> CopyAsync(Stream body, Stream output, Answer answer, long limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        var size = 0L;
        var began = clock.GetTimestamp();
        while (await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            if ((size += count) > limit) throw RegistryErrors.TooLarge(answer.Name, "the file", limit);
            if (clock.GetElapsedTime(began) > Grace + TimeSpan.FromSeconds((double)size / LeastRate)) throw RegistryErrors.TooSlow(answer.Name, answer.Uri.Authority, size, LeastRate);
            await output.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }
        return size;
    }
}
