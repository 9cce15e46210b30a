using Cake.Frosting;
using Viaduct;

namespace Build.Tasks;

[TaskName("BuildImages")]
[TaskDescription("Build the images that the plan names, one for each platform")]
[IsDependentOn(typeof(Plan))]
public sealed class BuildImages : JobTask
{
    protected override Task RunAsync(BuildContext context, Job job, CancellationToken cancellationToken) => job.BuildAsync(cancellationToken);
}
