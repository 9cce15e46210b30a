using Cake.Core;
using Cake.Frosting;

namespace Build;

/// <summary>Folds the output of each task into a group of the CI log.</summary>
public sealed class BuildTaskLifetime : FrostingTaskLifetime<BuildContext>
{
    public override void Setup(BuildContext context, ITaskSetupContext info)
    {
        if (context.Settings.GitHubActions) Console.WriteLine($"::group::{info.Task.Name}");
    }

    public override void Teardown(BuildContext context, ITaskTeardownContext info)
    {
        if (context.Settings.GitHubActions) Console.WriteLine("::endgroup::");
    }
}
