using Cake.Frosting;

namespace Viaduct.Frosting.Tests;

/// <summary>Takes its place before Pack without Pack knowing of it.</summary>
[IsDependentOn(typeof(CleanTask))]
[IsDependeeOf(typeof(PackTask))]
public sealed class TestTask : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Say("test");
    public override void Finally(SampleContext context) => context.Say("tested");
}
