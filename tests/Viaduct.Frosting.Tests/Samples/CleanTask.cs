using Cake.Common;
using Cake.Frosting;

namespace Viaduct.Frosting.Tests;

[TaskName("Clean")]
[TaskDescription("Removes what was built")]
public sealed class CleanTask : FrostingTask<SampleContext>
{
    public override bool ShouldRun(SampleContext context) => !context.HasArgument("no-clean");
    public override void Run(SampleContext context) => context.Say("clean");
}
