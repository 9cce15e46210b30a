using Cake.Core;
using Cake.Core.IO;

namespace Build;

/// <summary>Runs the SDK and hands its lines on as they come.</summary>
internal static class DotNet
{
    public static int Run(ICakeContext context, IEnumerable<string> arguments, Action<string> line)
    {
        var builder = new ProcessArgumentBuilder();
        foreach (var argument in arguments) builder.AppendQuoted(argument);
        using var process = context.ProcessRunner.Start("dotnet", new ProcessSettings
        {
            Arguments = builder,
            RedirectStandardOutput = true,
            RedirectedStandardOutputHandler = text =>
            {
                if (text is not null) line(text);
                return text!;
            },
        });
        process.WaitForExit();
        return process.GetExitCode();
    }
}
