using Viaduct.Metadata;
using Viaduct.Oci;

namespace Viaduct.Reports;

/// <summary>The files in which a job leaves its record.</summary>
public sealed record RecordFiles(string Metadata, string Report)
{
    public static async Task<RecordFiles> WriteAsync(JobRecord record, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var files = new RecordFiles(Path.Combine(folder, "metadata.json"), Path.Combine(folder, "report.md"));
        await AtomicFile.WriteAsync(files.Metadata, MetadataJson.Write(record), cancellationToken).ConfigureAwait(false);
        await AtomicFile.WriteAsync(files.Report, System.Text.Encoding.UTF8.GetBytes(JobReport.Markdown(record)), cancellationToken).ConfigureAwait(false);
        return files;
    }
}
