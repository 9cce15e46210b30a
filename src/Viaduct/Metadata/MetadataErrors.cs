using Viaduct.Oci;

namespace Viaduct.Metadata;

/// <summary>What is wrong with the records of jobs: VIA504x.</summary>
internal static class MetadataErrors
{
    public static ViaductException NoRecord(string where, string why) =>
        new("VIA5040", $"it is no record of a job: {why}", where, "Give the file that 'viaduct build' or 'viaduct push' wrote with --metadata.", ExitCode.Usage);

    public static ViaductException Incomplete(IReadOnlyList<string> missing) =>
        new("VIA5041", $"{missing.Count} {(missing.Count == 1 ? "image of the set is" : "images of the set are")} not there: {string.Join("; ", missing.Take(10))}{(missing.Count > 10 ? "; …" : "")}",
            todo: "Build what is missing from this commit, with --push-by-digest and --metadata, and assemble again; no list and no tag was touched.");

    public static ViaductException BasesDiffer(string name, (string File, Digest Digest) first, (string File, Digest Digest) second) =>
        new("VIA5042", $"{first.File} was built from {first.Digest.Short} of it, and {second.File} from {second.Digest.Short}: its tag moved between them", name,
            "Build the older one again, or name the base by its digest; no list and no tag was touched.");
}
