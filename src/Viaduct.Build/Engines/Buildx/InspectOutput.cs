using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>Reads what <c>docker buildx inspect</c> prints (docker/buildx commands/inspect.go): words and colons, nodes after "Nodes:".</summary>
internal static class InspectOutput
{
    /// <returns>The builder, and what is wrong with its nodes when none of them can be used.</returns>
    public static (BuildxInstance Instance, string? Error) Read(string text)
    {
        string name = "", driver = "", endpoint = "", error = "", status = "";
        var machines = new List<IReadOnlyList<Platform>>();
        var nodes = false;
        foreach (var line in text.Split('\n').Where(l => l.Length > 0 && !char.IsWhiteSpace(l[0])))
        {
            var colon = line.IndexOf(':');
            if (colon < 0) continue;
            var value = line[(colon + 1)..].Trim();
            switch (line[..colon])
            {
                case "Nodes": nodes = true; break;
                case "Name" when !nodes: name = value; break;
                case "Driver": driver = value; break;
                case "Endpoint" when endpoint.Length == 0: endpoint = value; break;
                case "Error" or "Err" when error.Length == 0: error = value; break;
                case "Status": status = value == "running" || status.Length == 0 ? value : status; break;
                case "Platforms" when PlatformsOf(value) is { Count: > 0 } platforms: machines.Add(platforms); break;
            }
        }
        var instance = new BuildxInstance(name, driver, endpoint, machines);
        return (instance, status == "running" || (error.Length == 0 && status is "" or "inactive") ? null : error.Length > 0 ? error : $"its status is {status}");
    }

    /// <summary>
    /// A star is behind those that the user gave the node, which stand before its own (buildx, platformutil.FormatInGroups). Its own come with the
    /// machine first, but for one that has a star already: that it is when the first without a star is one that it runs itself.
    /// </summary>
    private static List<Platform> PlatformsOf(string value)
    {
        var all = new List<(Platform Platform, bool IsGiven)>();
        foreach (var word in value.Split(',').Select(w => w.Trim()))
            if (Platform.TryParse(word.TrimEnd('*'), out var platform)) all.Add((platform, word.EndsWith('*')));
        var found = all.Find(p => !p.IsGiven).Platform;
        if (found is null) return [.. all.Select(p => p.Platform)];
        var machine = all.Find(p => p.IsGiven && Emulation.Native(p.Platform, found) != false).Platform ?? all[0].Platform;
        return [machine, .. all.Select(p => p.Platform).Where(p => !p.Equals(machine))];
    }
}
