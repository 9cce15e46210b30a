using Cake.Frosting;
using Viaduct;

namespace Build.Tasks;

[TaskName("AssembleLists")]
[TaskDescription("Join the platforms to manifest lists, then point all tags")]
[IsDependentOn(typeof(PushImages))]
public sealed class AssembleLists : JobTask
{
    protected override Task RunAsync(BuildContext context, Job job, CancellationToken cancellationToken) => job.AssembleAsync(cancellationToken);
}
