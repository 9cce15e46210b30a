using Cake.Frosting;

namespace Viaduct.Frosting.Tests;

[TaskName("Pack")]
[TaskDescription("Packs what was compiled")]
[IsDependentOn(typeof(CompileTask))]
public sealed class PackTask : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Say("pack");
}
