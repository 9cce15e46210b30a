using Cake.Core.Diagnostics;
using Cake.Frosting;
using Viaduct;
using Viaduct.Oci;
using Viaduct.Verification;

namespace Build.Tasks;

[TaskName("SignImages")]
[TaskDescription("Sign the lists that have no signature yet, where viaduct.yaml says how")]
[IsDependentOn(typeof(Report))]
public sealed class SignImages : JobTask
{
    protected override async Task RunAsync(BuildContext context, Job job, CancellationToken cancellationToken)
    {
        if (ListReport.ExitOf(context.Reports ?? []) != ExitCode.Done)
            context.Log.Warning("Nothing is signed: the lists did not stand the simulation.");
        else if (await job.SignAsync(cancellationToken) is { } unsigned)
            throw unsigned;
    }
}
