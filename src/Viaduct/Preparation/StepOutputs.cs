using Viaduct.Build;
using Viaduct.Configuration;
using Viaduct.Oci;

namespace Viaduct.Preparation;

/// <summary>Where steps write: every output has one owner, so that platforms can be prepared side by side.</summary>
internal static class StepOutputs
{
    /// <exception cref="ViaductException">VIA2033 for an output at a bad place, VIA2034 for one that two steps write.</exception>
    public static void Check(IReadOnlyList<ImageDefinition> images)
    {
        var owners = new List<(string Path, string Chain, string Name)>();
        foreach (var image in images)
            foreach (var platform in image.Declared)
            {
                // What is done for several platforms in the very same way may be done once for all of them.
                var chain = image.Name;
                foreach (var step in PlatformStep.Of(image, platform))
                {
                    chain += "\0" + step.Identity;
                    foreach (var (output, declared) in step.Outputs.Zip(step.Declared.Outputs))
                    {
                        CheckPlace(image, step, output, declared);
                        var path = Path.GetFullPath(output, step.Folder);
                        if (images.FirstOrDefault(i => IsAtOrBelow(i.Context, path) || IsAtOrBelow(i.Dockerfile, path)) is { } held)
                            throw PrepareErrors.BadOutput(declared.Where, declared.Text, $"holds what {held.Name} is built from");
                        var other = owners.FirstOrDefault(o => Overlap(o.Path, path) && (o.Path != path || o.Chain != chain));
                        if (other.Path is not null) throw PrepareErrors.SharedOutput(declared.Where, output, other.Name, $"{image.Name} {platform}");
                        owners.Add((path, chain, $"{image.Name} {platform}"));
                    }
                }
            }
    }

    /// <summary>The same images, each knowing what is written for the others.</summary>
    public static IReadOnlyList<ImageDefinition> Tell(IReadOnlyList<ImageDefinition> images) =>
        [.. images.Select(image => image with { PreparedElsewhere = [.. images.Where(i => i.Name != image.Name).SelectMany(Full).Distinct().Order(StringComparer.Ordinal)] })];

    /// <summary>
    /// All that is written for any image of the set, in each way in which a walk from the folder may come to it: <c>out</c>, and
    /// <c>../web/out</c> after <c>..</c>. None of it is an input: whether it is there already is chance.
    /// </summary>
    public static IReadOnlyCollection<string> From(string folder, ImageDefinition image)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var output in Full(image).Concat(image.PreparedElsewhere))
        {
            all.Add(InputPatterns.Canonical(folder, output));
            var way = "";
            for (var top = folder; top is not null; top = Path.GetDirectoryName(top), way += "../")
                if (IsAtOrBelow(output, Path.TrimEndingDirectorySeparator(top))) all.Add(way + InputPatterns.Canonical(top, output));
        }
        return all;
    }

    /// <summary>Those of one platform; and those of the others and of other images, as far as they lie there. From the context.</summary>
    public static (IReadOnlyList<string> Own, IReadOnlyList<string> Others) InContext(ImageDefinition image, IReadOnlyList<PlatformStep> steps)
    {
        List<string> own = [.. steps.SelectMany(s => s.Outputs.Select(o => FromContext(Path.GetFullPath(o, s.Folder)))).Distinct()];
        return (own, [.. Full(image).Concat(image.PreparedElsewhere).Select(FromContext).Where(IsInside).Except(own).Order(StringComparer.Ordinal)]);

        string FromContext(string output) => InputPatterns.Canonical(image.Context, output);
    }

    private static IEnumerable<string> Full(ImageDefinition image) =>
        image.Declared.SelectMany(p => PlatformStep.Of(image, p)).SelectMany(s => s.Outputs.Select(o => Path.GetFullPath(o, s.Folder))).Distinct();

    private static bool IsInside(string inContext) => inContext != ".." && !inContext.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(inContext);

    private static void CheckPlace(ImageDefinition image, PlatformStep step, string output, (string Text, string Where) declared)
    {
        var path = Path.GetFullPath(output, step.Folder);
        var inContext = InputPatterns.Canonical(image.Context, path);
        if (!IsInside(inContext)) throw PrepareErrors.BadOutput(declared.Where, declared.Text, "lies outside the build context");
        if (Overlap(image.Dockerfile, path) || IsAtOrBelow(step.Folder, path) || inContext.Length == 0 || IsAtOrBelow(Path.Combine(step.Folder, ImageSetReader.ImageFileName), path))
            throw PrepareErrors.BadOutput(declared.Where, declared.Text, "holds what is not made by the step");
        if (inContext.Split('/').Contains(".viaduct")) throw PrepareErrors.BadOutput(declared.Where, declared.Text, "lies in Viaduct's own folder, which is never copied");
    }

    private static bool Overlap(string a, string b) => IsAtOrBelow(a, b) || IsAtOrBelow(b, a);

    private static bool IsAtOrBelow(string path, string top) =>
        path.StartsWith(top, StringComparison.Ordinal) && (path.Length == top.Length || path[top.Length] == Path.DirectorySeparatorChar);
}
