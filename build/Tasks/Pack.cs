using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;

namespace Build.Tasks;

[TaskName("Pack")]
[TaskDescription("Pack the libraries and the command line into artifacts/package")]
public sealed class Pack : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        if (DotNet.Run(context, ["pack", "Viaduct.slnx", "-c", "Release", "-v", "quiet"], line => context.Log.Information("{0}", line)) != 0)
            throw new CakeException(1, "Packing failed.");
    }
}
