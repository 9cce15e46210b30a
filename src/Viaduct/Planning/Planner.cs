using Viaduct.Oci;

namespace Viaduct.Planning;

/// <summary>Makes the plan: data in, data out, no file and no network.</summary>
public static class Planner
{
    /// <param name="force">Build everything although it is there.</param>
    /// <param name="mayMoveTags">True for the embedded registry, or when <c>--move-tag</c> was said.</param>
    public static Plan Make(Observed observed, bool force, bool mayMoveTags)
    {
        var builds = new List<Step>();
        var copies = new List<Step>();
        var lists = new List<Step>();
        var tags = new List<Step.Tag>();
        var skipped = new List<(string, string)>();

        foreach (var child in observed.Children)
            PlanChild(child, force, builds, copies, tags);
        foreach (var list in observed.Lists)
        {
            if (list.Image.IsWhole)
                PlanList(list, observed, force, lists, tags);
            else
                skipped.Add((list.Image.Name, $"only {list.Image.Platforms.Count} of its {list.Image.Declared.Count} platforms were asked for"));
        }

        return new Plan
        {
            Observed = observed,
            Steps = [.. builds, .. copies, .. lists, .. tags],
            MayMoveTags = mayMoveTags,
            Refused = mayMoveTags ? [] : [.. tags.Where(t => t.Moves)],
            Skipped = skipped,
        };
    }

    /// <summary>The bytes of a list whose children are all known.</summary>
    public static RawManifest ListOf(IReadOnlyCollection<(ObservedChild Child, Descriptor Image, IReadOnlyList<Descriptor> Attestations)> children) =>
        ManifestList.Write(children.Select(c => (c.Child.Names[0].Name, c.Image with { Platform = c.Child.Platform })), children.SelectMany(c => c.Attestations));

    private static void PlanChild(ObservedChild child, bool force, List<Step> builds, List<Step> copies, List<Step.Tag> tags)
    {
        var (image, names) = (child.Image.Name, child.Names);
        var build = force || child.Current is null;
        if (build)
            builds.Add(new Step.Build(image, child.Platform, child.Key, [.. names.Select(n => n.Name)],
                child.Current is not null ? "asked for" : names.All(n => n.Present is null) ? "not in the registry"
                : child.MovedBase is { } moved ? $"its base {moved.Name} moved to {moved.Now.Short}" : "its inputs changed") { MovedBase = child.MovedBase, Builder = child.Builder });

        var holders = names.Where(n => child.Current is not null && n.Present?.Digest == child.Current.Digest).Select(n => n.Name).ToList();
        if (child.Home is not null) holders.Add(child.Home);
        foreach (var name in names.Where(n => build || n.Present?.Digest != child.Current!.Digest))
        {
            if (!build && holders.All(h => h.Repository != name.Name.Repository))
            {
                copies.Add(new Step.Copy(image, child.Platform, child.Current!, holders[0], name.Name, "this name's repository lacks it") { Attestations = child.Attestations });
                holders.Add(name.Name);
            }
            tags.Add(new Step.Tag(image, child.Platform, name.Name, name.Present, IsMoved(name, child.Current?.Digest), Reason(name)));
        }
    }

    private static void PlanList(ObservedList list, Observed observed, bool force, List<Step> lists, List<Step.Tag> tags)
    {
        var children = observed.Children.Where(c => c.Image.Name == list.Image.Name).ToList();
        Digest? expected = children.All(c => c.Current is not null) ? ListOf([.. children.Select(c => (c, c.Current!, c.Attestations))]).Digest : null;
        var stale = list.Names.Where(n => force || expected is null || n.Present?.Digest != expected).ToList();
        if (stale.Count == 0) return;

        // With one name that is right, its repository already holds the list and all children.
        if (stale.Count == list.Names.Count)
            lists.Add(new Step.List(list.Image.Name, [.. list.Names.Select(n => n.Name)],
                list.Names.All(n => n.Present is null) ? "not in the registry" : force ? "asked for" : expected is null ? "its children change" : "it holds other children"));
        foreach (var name in stale)
            tags.Add(new Step.Tag(list.Image.Name, null, name.Name, name.Present, IsMoved(name, expected), Reason(name)));
    }

    /// <summary>What is built again from the same inputs has the same digest, so its tags stay where they are.</summary>
    private static bool IsMoved(NamedState name, Digest? expected) => name.Present is not null && name.Present.Digest != expected;

    private static string Reason(NamedState name) =>
        name.Present is null ? "the tag is missing" : $"the tag points at {name.Present.Digest.Short}";
}
