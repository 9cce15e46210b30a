using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Frosting;

namespace Build.Tasks;

[TaskName("Test")]
[TaskDescription("Run all tests; what needs root or a real engine counts as skipped where there is none")]
public sealed class Test : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        var log = new TestLog();
        var exit = DotNet.Run(context, ["test", "--solution", "Viaduct.slnx", "--no-ansi", "--no-progress"], line =>
        {
            if (log.Read(line)) context.Log.Information("{0}", line);
        });
        foreach (var reason in log.Reasons) context.Log.Information("{0}", reason);
        // The last word of the log, for people and for machines.
        Console.WriteLine(log);
        if (exit != 0 || log.Failed > 0 || log.Passed == 0) throw new CakeException(1, "Tests failed.");
    }
}
