using Cake.Frosting;
using Cake.Frosting.Hosting;

namespace Viaduct.Frosting.Tests;

internal static class Sample
{
    /// <summary>The tasks that most tests use: Pack needs Compile and Test, each of which needs Clean.</summary>
    public static readonly Type[] Chain = [typeof(CleanTask), typeof(CompileTask), typeof(TestTask), typeof(PackTask)];

    public static Outcome Run(string commandLine, params Type[] tasks) => Run(host => host, commandLine, tasks);

    public static Outcome Run(Func<CakeHost, CakeHost> configure, string commandLine, params Type[] tasks)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var host = configure(new CakeHost(new TextConsole(output, error), tasks).UseContext<SampleContext>());
        var exitCode = host.Run(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return new Outcome(exitCode, output.ToString(), error.ToString());
    }
}
