using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Metadata;

namespace Viaduct.Cli.Options;

/// <summary><c>--metadata</c> where it is read: the records of the machines that have built.</summary>
internal sealed class LegFiles
{
    private const int MaxFiles = 1_000;

    public Option<string[]> Option { get; } = new("--metadata")
    {
        Description = "The records of the machines that have built the set with --push-by-digest: files, or a folder of *.json.",
        HelpName = "FILE…",
        AllowMultipleArgumentsPerToken = true,
    };

    public bool IsGiven(ParseResult parse) => parse.GetResult(Option) is not null;

    /// <exception cref="Viaduct.Oci.ViaductException">VIA5040, VIA5042, or VIA9001 where there is nothing to read.</exception>
    public async Task<Legs> ReadAsync(ParseResult parse, Caller caller, CancellationToken cancellationToken)
    {
        var records = new List<(string, JobRecord)>();
        foreach (var file in (parse.GetValue(Option) ?? []).SelectMany(given => FilesOf(given, caller)))
        {
            if (records.Count == MaxFiles) throw CliErrors.Usage($"--metadata: there are more than {MaxFiles} records", "Name those of one run.");
            var record = await MetadataReader.ReadAsync(Path.GetFullPath(file, caller.Folder), cancellationToken).ConfigureAwait(false);
            records.Add((file, record));
        }
        return Legs.Of(records);
    }

    private static IEnumerable<string> FilesOf(string given, Caller caller)
    {
        var path = Path.GetFullPath(given, caller.Folder);
        if (!Directory.Exists(path)) return [given];
        var files = Directory.EnumerateFiles(path, "*.json").Select(f => Path.Combine(given, Path.GetFileName(f))).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw CliErrors.Usage($"--metadata: '{given}' holds no *.json", "Name the folder that the records of all machines were put into.");
    }
}
