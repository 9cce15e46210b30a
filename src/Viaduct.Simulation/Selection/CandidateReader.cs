using Viaduct.Oci;

namespace Viaduct.Simulation;

internal sealed class CandidateReader(IContentSource source, bool allConfigs)
{
    /// <summary>Lists within lists: containerd follows them, though hardly anybody writes one. What lies deeper is not there.</summary>
    private const int MaxNesting = 4;

    /// <summary>Manifests that are read one by one, in a list and all lists within it; nobody writes this many.</summary>
    private const int MaxRead = 64;

    // Lists may name the same child again and again.
    private readonly Dictionary<Descriptor, Candidate> _known = [];

    public async Task<Candidates> ReadAsync(RawManifest manifest, int depth, CancellationToken cancellationToken)
    {
        if (!manifest.IsIndex) return Candidates.OfImage(await ReadImageAsync(manifest, manifest.Descriptor, cancellationToken).ConfigureAwait(false));
        var entries = manifest.AsIndex().Manifests;
        var candidates = new List<Candidate>(entries.Count);
        foreach (var entry in entries)
        {
            var isList = MediaTypes.IsIndex(entry.MediaType);
            if ((entry.Platform is not null && !isList && !allConfigs) || (isList && depth == MaxNesting))
                candidates.Add(new Candidate(entry));
            else
                candidates.Add(await ReadEntryAsync(entry, depth, cancellationToken).ConfigureAwait(false));
        }
        return Candidates.OfList(manifest.Digest, manifest.MediaType == MediaTypes.DockerList, candidates);
    }

    private async Task<Candidate> ReadEntryAsync(Descriptor entry, int depth, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(entry, out var known)) return known;
        if (_known.Count == MaxRead) return new Candidate(entry);
        _known[entry] = new Candidate(entry);
        return _known[entry] = await LookIntoAsync(entry, depth, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is missing or damaged is told when an image is pulled; to the choice it is an entry of which nothing more is known.</summary>
    private async Task<Candidate> LookIntoAsync(Descriptor entry, int depth, CancellationToken cancellationToken)
    {
        try
        {
            var child = await source.FindManifestAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false);
            if (child is { IsIndex: true })
                return new Candidate(entry, nested: await ReadAsync(child, depth + 1, cancellationToken).ConfigureAwait(false));
            if (child is { IsImage: true }) return await ReadImageAsync(child, entry, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
        }
        return new Candidate(entry);
    }

    private async Task<Candidate> ReadImageAsync(RawManifest manifest, Descriptor entry, CancellationToken cancellationToken)
    {
        var config = manifest.AsImage().Config;
        if (config.MediaType is not (MediaTypes.OciConfig or MediaTypes.DockerConfig)) return new Candidate(entry) { ConfigDigest = config.Digest };
        var platform = (await source.ReadConfigAsync(config, cancellationToken).ConfigureAwait(false)).Platform;
        return new Candidate(entry, platform) { ConfigDigest = config.Digest };
    }
}
