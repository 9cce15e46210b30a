using Viaduct.Metadata;
using Viaduct.Oci;

namespace Viaduct.Reports;

/// <summary>The files in which a job leaves its record.</summary>
public sealed record RecordFiles(string Metadata, string Report)
{
    /// <param name="stepSummary">A file that CI shows as the step's summary, appended to; null when there is none.</param>
    public static async Task<RecordFiles> WriteAsync(JobRecord record, string folder, string? stepSummary, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var files = new RecordFiles(Path.Combine(folder, "metadata.json"), Path.Combine(folder, "report.md"));
        var markdown = JobReport.Markdown(record);
        await AtomicFile.WriteAsync(files.Metadata, MetadataJson.Write(record), cancellationToken).ConfigureAwait(false);
        await AtomicFile.WriteAsync(files.Report, System.Text.Encoding.UTF8.GetBytes(markdown), cancellationToken).ConfigureAwait(false);
        if (stepSummary is not null) await File.AppendAllTextAsync(stepSummary, markdown, cancellationToken).ConfigureAwait(false);
        return files;
    }
}
