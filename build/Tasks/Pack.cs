using System.Runtime.InteropServices;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;

namespace Build.Tasks;

[TaskName("Pack")]
[TaskDescription("Pack the libraries, and the command line as a .NET tool, into artifacts/package; with --native also as programs of their own for linux-x64 and linux-arm64")]
public sealed class Pack : FrostingTask<BuildContext>
{
    private const string Tool = "src/Viaduct.Cli/Viaduct.Cli.csproj";

    private static readonly string[] Native = ["linux-x64", "linux-arm64"];

    public override void Run(BuildContext context)
    {
        foreach (var library in Directory.EnumerateFiles(Path.Combine(context.Root, "src"), "*.csproj", SearchOption.AllDirectories).Where(p => !p.EndsWith("Viaduct.Cli.csproj", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            DoPack(context, library);
        string[] platforms = context.Settings.Native ? ["any", .. Native] : ["any"];
        var known = $"-p:ToolPlatforms={string.Join("%2C", platforms)}";
        // The package of the tool's name only says which of the others a machine takes.
        DoPack(context, Tool, known, "-p:PublishAot=true", "-p:IncludeSymbols=false");
        DoPack(context, Tool, known, "-r", "any");
        if (!context.Settings.Native) return;
        foreach (var platform in Native) DoPack(context, Tool, [known, "-r", platform, "-p:PublishAot=true", .. Linker(context, platform)]);
    }

    /// <summary>What links for another architecture, where Debian has put it.</summary>
    private static string[] Linker(BuildContext context, string platform) =>
        platform == "linux-arm64" && RuntimeInformation.OSArchitecture != Architecture.Arm64
            ? [$"-p:CppCompilerAndLinker={Path.Combine(context.Root, "build", "aarch64-gcc.sh")}", "-p:ObjCopyName=aarch64-linux-gnu-objcopy"] : [];

    private static void DoPack(BuildContext context, string project, params string[] words)
    {
        if (DotNet.Run(context, ["pack", project, "-c", "Release", "-v", "quiet", .. words], line => context.Log.Information("{0}", line)) != 0)
            throw new CakeException(1, $"Packing {Path.GetFileName(project)} failed{(words.Contains("-p:PublishAot=true") ? ": native code needs gcc, and for linux-arm64 on another machine gcc-aarch64-linux-gnu" : "")}.");
    }
}
