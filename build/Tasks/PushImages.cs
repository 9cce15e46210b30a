using Cake.Frosting;
using Viaduct;

namespace Build.Tasks;

[TaskName("PushImages")]
[TaskDescription("Push what was built, by digest; no tag moves yet")]
[IsDependentOn(typeof(BuildImages))]
public sealed class PushImages : JobTask
{
    protected override Task RunAsync(BuildContext context, Job job, CancellationToken cancellationToken) => job.PushAsync(cancellationToken);
}
