using Cake.Core.Diagnostics;
using Cake.Frosting;
using Viaduct;
using Viaduct.Reports;

namespace Build.Tasks;

[TaskName("Plan")]
[TaskDescription("Look at images and registry, and say what is to be done and why")]
public sealed class Plan : JobTask
{
    protected override async Task RunAsync(BuildContext context, Job job, CancellationToken cancellationToken) =>
        context.Log.Information("{0}", PlanText.Render(await job.PlanAsync(cancellationToken)));
}
