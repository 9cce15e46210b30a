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
        // What prepare steps have made stays, and so must the records of it: without them it would be taken for somebody else's.
        var remembered = context.DirectoryExists(".viaduct") ? context.GetSubDirectories(".viaduct").Where(d => d.GetDirectoryName() != "prepare") : [];
        foreach (var folder in remembered.Append("artifacts/package"))
            if (context.DirectoryExists(folder))
                context.DeleteDirectory(folder, new DeleteDirectorySettings { Recursive = true, Force = true });
        foreach (var file in new[] { ".viaduct/keys.json", "artifacts/metadata.json", "artifacts/report.md", "artifacts/registry.log" })
            if (context.FileExists(file))
                context.DeleteFile(file);
    }
}
