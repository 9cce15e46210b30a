using Cake.Core.Diagnostics;
using Cake.Frosting;
using Viaduct;
using Viaduct.Metadata;
using Viaduct.Reports;

namespace Build.Tasks;

[TaskName("Report")]
[TaskDescription("Write artifacts/metadata.json and artifacts/report.md, and print the table")]
[IsDependentOn(typeof(SimulatePulls))]
public sealed class Report : JobTask
{
    protected override async Task RunAsync(BuildContext context, Job job, CancellationToken cancellationToken)
    {
        var record = await job.RecordAsync(context.Reports ?? [], cancellationToken);
        // First of all: the tags have moved, whatever becomes of the files.
        context.Log.Information("{0}", JobReport.Text(record));
        var files = await RecordFiles.WriteAsync(record, context.Artifacts, cancellationToken);
        context.Log.Information("The report is {0}, for scripts {1}.", files.Report, files.Metadata);
        if (context.Settings.StepSummary is not { } summary) return;
        try
        {
            await File.AppendAllTextAsync(summary, JobReport.Markdown(record), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.Log.Warning("GITHUB_STEP_SUMMARY has no report: {0}", e.Message);
        }
    }
}
