using Cake.Common;
using Cake.Frosting;

namespace Viaduct.Frosting.Tests;

[TaskName("Echo")]
public sealed class EchoTask : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) =>
        context.Say(string.Join(' ', context.Arguments("name", "nothing")) + $" {context.Argument("count", 0)} {context.HasArgument("flag")}");
}
