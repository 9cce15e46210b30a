using Cake.Common;
using Cake.Core;
using Cake.Frosting;

namespace Viaduct.Frosting.Tests;

public sealed class SampleLifetime : FrostingLifetime<SampleContext>
{
    public override void Setup(SampleContext context, ISetupContext info) => context.Say($"setup:{info.TargetTask.Name}");

    public override void Teardown(SampleContext context, ITeardownContext info)
    {
        context.Say($"teardown:{info.Successful}");
        if (context.HasArgument("break-teardown"))
            throw new InvalidOperationException("the door is stuck");
    }
}
