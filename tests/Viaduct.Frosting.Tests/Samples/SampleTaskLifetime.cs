using Cake.Core;
using Cake.Frosting;

namespace Viaduct.Frosting.Tests;

public sealed class SampleTaskLifetime : FrostingTaskLifetime<SampleContext>
{
    public override void Setup(SampleContext context, ITaskSetupContext info) => context.Say($"[{info.Task.Name}");
    public override void Teardown(SampleContext context, ITaskTeardownContext info) => context.Say($"{info.Task.Name}]");
}
