using Cake.Common.IO;
using Cake.Core.IO;
using Cake.Frosting;

namespace Build.Tasks;

[TaskName("Clean")]
[TaskDescription("Remove the embedded registry's store, what is remembered between runs, and the reports")]
public sealed class Clean : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        foreach (var folder in new[] { ".viaduct", "artifacts/package" })
            if (context.DirectoryExists(folder))
                context.DeleteDirectory(folder, new DeleteDirectorySettings { Recursive = true, Force = true });
        foreach (var file in new[] { "artifacts/metadata.json", "artifacts/report.md", "artifacts/registry.log" })
            if (context.FileExists(file))
                context.DeleteFile(file);
    }
}
