using System.Globalization;
using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>
/// The lists that docker would keep in a folder: it writes <c>-</c> for <c>:</c> and <c>_</c> for <c>/</c>, and both may have been there before.
/// </summary>
internal static class ListNames
{
    private const int MostUnderscores = 6;

    /// <summary>The likeliest first; of one alone it is certain.</summary>
    /// <param name="entries">Images are mostly named like their list.</param>
    public static IReadOnlyList<Reference> Of(string folder, IReadOnlyList<StoredEntry> entries)
    {
        var (name, digest) = SplitDigest(folder);
        if (name.IndexOf('_') is not (> 0 and var end)) return [];
        var registry = RegistryOf(name[..end]);
        var candidates =
            from text in Tails(name[(end + 1)..], digest)
            let full = $"{registry}/{text}{digest}"
            where Reference.TryParse(full, out var parsed) && parsed.ToString() == full && ManifestList.StoreName(parsed) == folder
            select Reference.Parse(full);
        var repositories = entries.Select(e => e.Image.Ref.Repository).ToHashSet();
        return [.. candidates.Distinct()
            .OrderByDescending(c => repositories.Contains(c.Repository))
            .ThenByDescending(c => repositories.Any(r => r.StartsWith(c.Repository, StringComparison.Ordinal)))
            .ThenByDescending(c => c.Repository.Length)];
    }

    private static (string Name, string Digest) SplitDigest(string folder)
    {
        var at = folder.IndexOf('@');
        return at < 0 ? (folder, "") : (folder[..at], folder[at..].Replace('-', ':'));
    }

    /// <summary>Hosts hold no underscore, so the first one ends it; and no top-level domain ends in a dash and digits, so that is a port.</summary>
    private static string RegistryOf(string text)
    {
        var dash = text.LastIndexOf('-');
        var hasPort = dash > 0 && ushort.TryParse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        var (host, port) = hasPort ? (text[..dash], ":" + text[(dash + 1)..]) : (text, "");
        return (host.StartsWith('[') ? host.Replace('-', ':') : host) + port;
    }

    /// <summary><c>PATH:TAG</c>, and with a digest <c>PATH</c> too.</summary>
    private static IEnumerable<string> Tails(string text, string digest)
    {
        if (digest.Length > 0)
            foreach (var path in Paths(text)) yield return path;
        for (var dash = text.IndexOf('-'); dash >= 0; dash = text.IndexOf('-', dash + 1))
            foreach (var path in Paths(text[..dash])) yield return $"{path}:{text[(dash + 1)..]}";
    }

    /// <summary>Slashes before underscores; of names with very many only these two extremes.</summary>
    private static IEnumerable<string> Paths(string text)
    {
        var places = text.Index().Where(c => c.Item == '_').Select(c => c.Index).ToList();
        if (places.Count > MostUnderscores) return [text.Replace('_', '/'), text];
        return Enumerable.Range(0, 1 << places.Count).Select(mask =>
        {
            var path = text.ToCharArray();
            for (var i = 0; i < places.Count; i++)
                if ((mask & (1 << i)) == 0) path[places[i]] = '/';
            return new string(path);
        });
    }
}
