using System.Net;
using System.Net.Http.Headers;
using Octokit;
using Octokit.Internal;
using Viaduct.Oci;

namespace Build.Release;

/// <summary>A repository at GitHub, for everything that is written there.</summary>
internal sealed class GitHub : IDisposable
{
    private const int Tries = 3;

    private static readonly ApiOptions Pages = new() { PageSize = 100, PageCount = 100 };

    private readonly TimeProvider _clock;
    private readonly HttpClientAdapter _adapter;
    private readonly HttpClient _downloads;
    private readonly ReleaseSettings _settings;

    public GitHub(ReleaseSettings settings, TimeProvider clock)
    {
        (_settings, _clock) = (settings, clock);
        _adapter = new HttpClientAdapter(() => new GitHubHandler(settings.Api, clock));
        // The handler has the limits of time, since a wait for GitHub's limits is longer than any request.
        _adapter.SetRequestTimeout(Timeout.InfiniteTimeSpan);
        _downloads = new HttpClient(new GitHubHandler(settings.Api, clock)) { Timeout = Timeout.InfiniteTimeSpan };
        Client = new GitHubClient(new Connection(
            new Octokit.ProductHeaderValue("viaduct"), settings.Api, new InMemoryCredentialStore(new Credentials(settings.Token)), _adapter, new SimpleJsonSerializer()));
    }

    public GitHubClient Client { get; }

    /// <summary>All pages, of a hundred each.</summary>
    public static ApiOptions AllPages => Pages;

    /// <summary>Does what is not there yet. After a failure that does not tell whether it was done, it is looked for before it is tried again.</summary>
    public async Task<T> EnsureAsync<T>(Func<Task<T?>> find, Func<Task<T>> make, CancellationToken cancellationToken)
        where T : class
    {
        for (var tries = 1; ; tries++)
        {
            if (await RunAsync(find) is { } found) return found;
            try
            {
                return await make();
            }
            catch (Exception e) when (tries < Tries && MayHaveBeenDone(e))
            {
                await Task.Delay(TimeSpan.FromSeconds(1 << (tries - 1)), _clock, cancellationToken);
            }
            catch (Exception e)
            {
                throw Told(e);
            }
        }
    }

    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or TaskCanceledException)
        {
            throw Told(e);
        }
    }

    public Task RunAsync(Func<Task> work) => RunAsync<object?>(async () =>
    {
        await work();
        return null;
    });

    /// <summary>An asset's bytes. The host that keeps them has an address with a right of its own, and gets no token.</summary>
    public Task<byte[]> DownloadAsync(string address, CancellationToken cancellationToken) => RunAsync(async () =>
    {
        using var first = await GetAsync(new Uri(address), withToken: true, cancellationToken);
        if (first.Headers.Location is not { } elsewhere) return await BytesAsync(first, cancellationToken);
        var second = new Uri(new Uri(address), elsewhere);
        if (second.Scheme != "https" && !second.IsLoopback) throw ReleaseErrors.OtherHost(second.Host);
        using var answer = await GetAsync(second, withToken: false, cancellationToken);
        return await BytesAsync(answer, cancellationToken);
    });

    public void Dispose()
    {
        _adapter.Dispose();
        _downloads.Dispose();
    }

    private async Task<HttpResponseMessage> GetAsync(Uri address, bool withToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/octet-stream"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("viaduct", null));
        if (withToken) request.Headers.Authorization = new AuthenticationHeaderValue("Token", _settings.Token);
        return await _downloads.SendAsync(request, cancellationToken);
    }

    private static async Task<byte[]> BytesAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync(cancellationToken)
        : throw new HttpRequestException($"status {(int)response.StatusCode}", null, response.StatusCode);

    private static bool MayHaveBeenDone(Exception e) => e switch
    {
        ApiException api => api.StatusCode >= HttpStatusCode.InternalServerError || IsTaken(api),
        HttpRequestException or TaskCanceledException => true,
        _ => false,
    };

    /// <summary>Somebody else, or a request whose answer was lost, has made it.</summary>
    private static bool IsTaken(ApiException e) =>
        e.StatusCode == HttpStatusCode.UnprocessableEntity && e.ApiError?.Errors?.Any(x => x.Code == "already_exists") == true;

    private ViaductException Told(Exception e) => e switch
    {
        ViaductException known => known,
        ApiException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } denied => ReleaseErrors.Denied(_settings.Where, Said(denied)),
        ApiException { StatusCode: HttpStatusCode.NotFound } => ReleaseErrors.Absent(_settings.Where),
        ApiException { StatusCode: >= HttpStatusCode.InternalServerError } failing => ReleaseErrors.Unreachable(_settings.Api.Host, $"status {(int)failing.StatusCode}"),
        ApiException refused => ReleaseErrors.Refused(_settings.Where, Said(refused)),
        // The exception of a handler comes wrapped.
        HttpRequestException { InnerException: ViaductException known } => known,
        _ => ReleaseErrors.Unreachable(_settings.Api.Host, e.Message),
    };

    /// <summary>GitHub's own words, which never hold the token, and are cut short all the same.</summary>
    private static string Said(ApiException e)
    {
        var words = string.Join("; ", new[] { e.ApiError?.Message ?? e.Message }.Concat(e.ApiError?.Errors?.Select(x => x.Message ?? $"{x.Resource} {x.Field} {x.Code}") ?? []));
        return words.Length > 300 ? words[..300] + "…" : words;
    }
}
