using System.Runtime.CompilerServices;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>Walks the pages of a tag list. Each page has to bring something new, so that no registry can keep us walking (GHSA-h7vf-4x9w-h99v).</summary>
internal sealed class TagPages(Reference name, RegistryConnection connection)
{
    /// <summary>ECR refuses more.</summary>
    private const int PageSize = 1000;

    private const int MaxPages = 10_000;
    private const int MaxPageSize = 8 << 20;

    /// <summary>All are remembered, to say each once: some 70 MB when every one is as long as a tag may be.</summary>
    private const int MaxTags = 250_000;

    private readonly ScopeSet _pull = ScopeSet.Pull(name.Repository);

    /// <param name="whole">Fails where the last page is a full one: a registry that names no next page may have cut the list there.</param>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken, bool whole = false)
    {
        Uri? page = connection.Api(name.Repository, $"/tags/list?n={PageSize}");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var count = 1; page is not null; count++)
        {
            var (tags, next, where) = await PageAsync(page, cancellationToken).ConfigureAwait(false);
            var before = seen.Count;
            foreach (var tag in tags)
            {
                // Artifactory lists digests among the tags (skopeo#2346).
                if (!ReferenceGrammar.IsTag(tag) || !seen.Add(tag)) continue;
                if (seen.Count > MaxTags) throw RegistryErrors.Pages(where, $"there are more than {MaxTags} tags");
                yield return tag;
            }
            if (next is not null && seen.Count == before) throw RegistryErrors.Pages(where, "a page brought nothing new and names another");
            if (next is not null && count == MaxPages) throw RegistryErrors.Pages(where, $"there are more than {MaxPages} pages");
            if (next is null && whole && tags.Count >= PageSize) throw RegistryErrors.Pages(where, "a full page names no other");
            page = next;
        }
    }

    private async Task<(List<string> Tags, Uri? Next, string Where)> PageAsync(Uri page, CancellationToken cancellationToken)
    {
        using var answer = await connection.SendAsync(new Call(HttpMethod.Get, page) { Scopes = _pull, ReadLimit = MaxPageSize }, cancellationToken).ConfigureAwait(false);
        if (answer.Status == 404)
        {
            await connection.Absence.ConfirmAsync(answer, cancellationToken).ConfigureAwait(false);
            return ([], null, answer.Name);
        }
        if (answer.Status != 200) throw await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false);
        var (bytes, cut) = await answer.ReadAsync(MaxPageSize, cancellationToken).ConfigureAwait(false);
        if (cut) throw RegistryErrors.TooLarge(answer.Name, "a page of tags", MaxPageSize);
        return (Tags(bytes, answer), PageLinks.Next(answer, connection.Endpoint, "tags"), answer.Name);
    }

    private static List<string> Tags(byte[] bytes, Answer answer)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 16 });
            var found = new List<string>();
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("tags", out var tags))
            {
                if (tags.ValueKind == JsonValueKind.Null) return found; // Nexus, for a repository without tags
                foreach (var tag in tags.EnumerateArray())
                    if (tag.ValueKind == JsonValueKind.String && tag.GetString() is { } text) found.Add(text);
                return found;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Said below.
        }
        throw RegistryErrors.Protocol(answer.Name, "the answer is not a list of tags");
    }
}
