using Viaduct.Oci;
using Viaduct.Planning;

namespace Viaduct.Metadata;

/// <summary>
/// What several machines have built of one set, by their records. They know each other by input keys alone: an image counts when it was built
/// from exactly the inputs that whoever assembles has.
/// </summary>
public sealed class Legs
{
    private readonly IReadOnlyList<(string File, JobRecord Record)> _records;

    private Legs(IReadOnlyList<(string File, JobRecord Record)> records, IReadOnlyDictionary<string, Digest> bases) => (_records, Bases) = (records, bases);

    public static Legs None { get; } = new([], new Dictionary<string, Digest>());

    /// <summary>The bases outside the set as they were when the images were built: their tags may have moved since.</summary>
    public IReadOnlyDictionary<string, Digest> Bases { get; }

        /// <exception cref="ViaductException">VIA5042 when two were built from different versions of one base.</exception>
    public static Legs Of(IReadOnlyList<(string File, JobRecord Record)> records)
    {
        var bases = new Dictionary<string, (string File, Digest Digest)>(StringComparer.Ordinal);
        foreach (var (file, record) in records)
            foreach (var each in record.Bases)
                if (!bases.TryAdd(each.Name, (file, each.Digest)) && bases[each.Name].Digest != each.Digest)
                    throw MetadataErrors.BasesDiffer(each.Name, bases[each.Name], (file, each.Digest));
        return new(records, bases.ToDictionary(b => b.Key, b => b.Value.Digest, StringComparer.Ordinal));
    }

    /// <summary>A job that was run again counts by its last record.</summary>
    internal void Put(KeyCache cache)
    {
        foreach (var platform in _records.SelectMany(r => r.Record.Images).SelectMany(i => i.Platforms))
        {
            var image = Digest.Parse(platform.Digest);
            cache.Remember(Digest.Parse(platform.Key), new Descriptor(platform.MediaType, image, platform.Size));
            if (platform.Attestations.Count > 0) cache.RememberAttestations(image, platform.Attestations);
        }
    }

    /// <exception cref="ViaductException">VIA5041 when something of the set is still to be built, with what is known about each.</exception>
    public void MustBeComplete(Plan plan)
    {
        var missing = plan.Builds.Select(b => $"{b.Child}: {Why(b)}").ToList();
        if (missing.Count > 0) throw MetadataErrors.Incomplete(missing);
    }

    private string Why(Step.Build build)
    {
        foreach (var (file, record) in _records.Reverse())
            foreach (var platform in record.Images.Where(i => i.Name == build.Image).SelectMany(i => i.Platforms))
                if (Platform.TryParse(platform.Platform, out var built) && built.Same(build.Platform))
                    return platform.Key == build.Key.ToString() ? $"{file} has pushed it to {record.Registry}, and it is not there"
                        : $"{file} has it from other inputs, such as another commit or other arguments";
        return _records.Count == 1 ? $"{_records[0].File} does not have it" : $"none of the {_records.Count} records has it";
    }
}
