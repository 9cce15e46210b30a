using System.Collections.Concurrent;
using Viaduct.Build.Dockerfiles;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Planning;
using Viaduct.Registry;

namespace Viaduct.Checking;

/// <summary>Looks at the Dockerfiles of a set with BuildKit's build checks. Bases of the set are read, all others are asked for their configs; nothing is built.</summary>
public sealed class SetChecker(ImageSet set, RegistryClient registry)
{
    private readonly ConcurrentDictionary<(string Image, Platform Platform), Lazy<Task<CheckResult>>> _results = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<ForeignBase>>> _foreign = new(StringComparer.Ordinal);

    /// <param name="names">Of images; all when there are none.</param>
    /// <exception cref="ViaductException">VIA2009 for a name that the set does not have, VIA21xx for a Dockerfile, and what a base that cannot be found throws.</exception>
    public async Task<IReadOnlyList<ImageCheck>> CheckAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var chosen = ImageGraph.Choose(set.Images, names).Where(i => names.Count == 0 || names.Contains(i.Name));
        return await Task.WhenAll(chosen.Select(image => CheckAsync(image, cancellationToken))).ConfigureAwait(false);
    }

    private async Task<ImageCheck> CheckAsync(ImageDefinition image, CancellationToken cancellationToken)
    {
        var results = await Task.WhenAll(image.Platforms.Select(p => ResultOf(image, p, cancellationToken))).ConfigureAwait(false);
        var violations = results.SelectMany(r => r.Violations).Distinct().OrderBy(v => v.Lines.First);
        return new ImageCheck(image.Name, image.Dockerfile, [.. violations], results.Any(r => r.IsError));
    }

    private Task<CheckResult> ResultOf(ImageDefinition image, Platform platform, CancellationToken cancellationToken) =>
        _results.GetOrAdd((image.Name, platform), _ => new(() => DockerfileCheck.OfAsync(Requests.For(image, platform, ImageGraph.NoBases.Instance), BaseAsync, all: true, cancellationToken))).Value;

    private async Task<CheckedBase> BaseAsync(string name, Platform platform, CancellationToken cancellationToken)
    {
        if (ImageGraph.Match(name, set.Images) is { } own) return (await ResultOf(own, platform, cancellationToken).ConfigureAwait(false)).Image;
        var foreign = await _foreign.GetOrAdd(name, _ => new(() => ForeignBase.FindAsync(name, null, registry, cancellationToken))).Value.ConfigureAwait(false);
        return CheckedBase.Of((await foreign.OpenAsync(platform, cancellationToken).ConfigureAwait(false)).Config);
    }
}
