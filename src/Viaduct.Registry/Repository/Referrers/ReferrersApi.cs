using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary><c>GET /v2/NAME/referrers/DIGEST</c> (distribution-spec, "Listing Referrers"), which many registries do not have.</summary>
internal sealed class ReferrersApi(Reference name, RegistryConnection connection)
{
    private readonly ScopeSet _pull = ScopeSet.Pull(name.Repository);

    /// <returns>Null when the registry does not list referrers.</returns>
    public async Task<ReferrersPage?> FirstAsync(Digest subject, string? artifactType, CancellationToken cancellationToken)
    {
        using var first = await connection.Referrers.FirstAsync(cancellationToken).ConfigureAwait(false);
        if (connection.Referrers.HasApi == false) return null;
        var filter = artifactType is null ? "" : $"?artifactType={Uri.EscapeDataString(artifactType)}";
        return await AskAsync(connection.Api(name.Repository, $"/referrers/{subject}{filter}"), cancellationToken).ConfigureAwait(false);
    }

    public async Task<ReferrersPage> NextAsync(Uri page, CancellationToken cancellationToken) =>
        await AskAsync(page, cancellationToken).ConfigureAwait(false)
        ?? throw RegistryErrors.Protocol(Call.NameOf(HttpMethod.Get, page), "the answer is not a list of referrers");

    private async Task<ReferrersPage?> AskAsync(Uri page, CancellationToken cancellationToken)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            var call = new Call(HttpMethod.Get, page) { Scopes = _pull, ReadLimit = RawManifest.MaxSize };
            using var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
            // Some proxies answer every address so, and some only now and then: no word of the registry's.
            var isOfAnother = answer.IsHtml || !connection.Endpoint.Owns(answer.Uri);
            switch (answer.Status)
            {
                case 200 when await ListAsync(answer, cancellationToken).ConfigureAwait(false) is { } list:
                    connection.Referrers.HasApi = true;
                    return list;
                // The digest or the filter may be what is refused: no word about the API.
                case 400:
                    return null;
                case 200 or 404 or 405 or 501 when isOfAnother && !isAgain:
                    continue;
                // It had one a moment ago; taken for none, signatures would be lost without a word.
                case 200 or 404 or 405 or 501 when connection.Referrers.HasApi == true && (isOfAnother || answer.Status == 200):
                    throw RegistryErrors.Protocol(answer.Name, "the answer is not a list of referrers");
                case 404 when await IsAboutContentAsync(answer, cancellationToken).ConfigureAwait(false):
                    return null;
                case 200 or 404 or 405 or 501:
                    if (!isOfAnother) connection.Referrers.HasApi ??= false;
                    return null;
                default:
                    throw await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A repository or a subject that is not there says nothing of what the registry has of others.</summary>
    private static async Task<bool> IsAboutContentAsync(Answer answer, CancellationToken cancellationToken) =>
        (await ErrorEnvelope.ReadAsync(answer, cancellationToken).ConfigureAwait(false)).Code is "NAME_UNKNOWN" or "MANIFEST_UNKNOWN";

    private async Task<ReferrersPage?> ListAsync(Answer answer, CancellationToken cancellationToken)
    {
        if (answer.IsHtml) return null;
        var (bytes, cut) = await answer.ReadAsync(RawManifest.MaxSize, cancellationToken).ConfigureAwait(false);
        if (cut) throw RegistryErrors.TooLarge(answer.Name, "a page of referrers", RawManifest.MaxSize);
        RawManifest list;
        try
        {
            list = RawManifest.Parse(bytes, answer.MediaType, answer.Name);
        }
        // What calls itself an index is a broken list, and not none.
        catch (ViaductException e) when (e.Code == "VIA1010" && answer.MediaType != MediaTypes.OciIndex)
        {
            return null;
        }
        if (!list.IsIndex) return null;
        var isFiltered = answer.Headers("OCI-Filters-Applied").Any(h => h.Contains("artifactType", StringComparison.OrdinalIgnoreCase));
        return new ReferrersPage(list.AsIndex(answer.Name).Manifests, isFiltered, PageLinks.Next(answer, connection.Endpoint, "referrers"), answer.Name);
    }
}
