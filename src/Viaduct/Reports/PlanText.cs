using System.Text;
using Viaduct.Build;
using Viaduct.Planning;

namespace Viaduct.Reports;

/// <summary>A plan for people.</summary>
public static class PlanText
{
    public static string Render(Plan plan)
    {
        var text = new StringBuilder();
        if (plan.IsEmpty)
            text.Append("Nothing to do: the registry has all of it.\n");
        else
        {
            var table = new TextTable("STEP", "WHAT", "WHY");
            foreach (var step in plan.Steps) table.Add(Verb(step), What(step), step.Reason);
            text.Append(table.Render());
        }
        foreach (var (image, reason) in plan.Skipped) text.Append($"The list of '{image}' is left out: {reason}.\n");
        foreach (var tag in plan.Refused) text.Append($"{tag.Name} exists with other content and is not moved without --move-tag.\n");
        return text.ToString();
    }

    /// <summary>The images whose base has moved, and nothing else.</summary>
    public static string Bases(Plan plan)
    {
        var moved = plan.Builds.Where(b => b.MovedBase is not null).ToList();
        if (moved.Count == 0) return "No base has moved.\n";
        var table = new TextTable("IMAGE", "PLATFORM", "BASE", "NOW");
        foreach (var build in moved) table.Add(build.Image, build.Platform.ToString(), build.MovedBase!.Name, build.MovedBase.Now.ToString());
        return table.Render();
    }

    private static string Verb(Step step) => step switch { Step.Build => "build", Step.Copy => "copy", Step.List => "list", _ => "tag" };

    private static string What(Step step) => step switch
    {
        // The embedded builder is what one expects; an engine is something that has to be there.
        Step.Build { Builder.Kind: not BuilderKind.Embedded } s => $"{s.Image} {s.Platform} by {s.Builder}",
        Step.Build s => $"{s.Image} {s.Platform}",
        Step.Copy s => $"{s.Image} {s.Platform} to {s.To.Name}",
        Step.List s => s.Names[0].ToString(),
        Step.Tag s => s.Name.ToString(),
        _ => step.Image,
    };
}
