using Cake.Frosting;
using Viaduct;

namespace Build.Tasks;

[TaskName("SimulatePulls")]
[TaskDescription("Read every list back and pull it, in simulation, on a node of each platform")]
[IsDependentOn(typeof(AssembleLists))]
public sealed class SimulatePulls : JobTask
{
    protected override async Task RunAsync(BuildContext context, Job job, CancellationToken cancellationToken) =>
        context.Reports = await job.SimulateAsync(cancellationToken);
}
