using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build;

/// <summary>Lists of <c>NAME=value</c>.</summary>
internal static class Environments
{
    /// <summary>Sets a variable: in its place when it is there, at the end otherwise.</summary>
    public static IReadOnlyList<string> With(IReadOnlyList<string> environment, string name, string value)
    {
        var changed = environment.ToList();
        var at = changed.FindIndex(pair => pair.StartsWith(name + "=", StringComparison.Ordinal) || pair == name);
        if (at >= 0) changed[at] = $"{name}={value}";
        else changed.Add($"{name}={value}");
        return changed;
    }

    public static bool Has(IReadOnlyList<string> environment, string name) => environment.Any(pair => pair.StartsWith(name + "=", StringComparison.Ordinal));

    /// <summary>The environment that the ENV instructions of a stage leave behind, as far as it is known.</summary>
    public static IReadOnlyList<string> After(IReadOnlyList<string> before, IReadOnlyList<Step> steps)
    {
        var after = before;
        foreach (var (key, value) in steps.Where(s => s.Instruction.Name == "ENV").SelectMany(s => s.Pairs))
        {
            if (!key.Certain) return [];
            after = value.Certain ? With(after, key.Text, value.Text) : [.. after.Where(pair => !pair.StartsWith(key.Text + "=", StringComparison.Ordinal))];
        }
        return after;
    }
}
