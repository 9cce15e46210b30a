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
        var files = await RecordFiles.WriteAsync(record, context.Artifacts, context.Settings.StepSummary, cancellationToken);
        context.Log.Information("{0}", JobReport.Text(record));
        context.Log.Information("The report is {0}, for scripts {1}.", files.Report, files.Metadata);
    }
}
