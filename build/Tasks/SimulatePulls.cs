using Cake.Core.Diagnostics;
using Cake.Frosting;
using Viaduct;
using Viaduct.Reports;

namespace Build.Tasks;

[TaskName("SimulatePulls")]
[TaskDescription("Read every list back and pull it, in simulation, on a node of each platform")]
[IsDependentOn(typeof(AssembleLists))]
public sealed class SimulatePulls : JobTask
{
    protected override async Task RunAsync(BuildContext context, Job job, CancellationToken cancellationToken)
    {
        context.Reports = await job.SimulateAsync(cancellationToken);
        context.Log.Information("{0}", SimulationText.Render(context.Reports));
    }
}
