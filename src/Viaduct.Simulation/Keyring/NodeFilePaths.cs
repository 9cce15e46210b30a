namespace Viaduct.Simulation;

/// <summary>Where a kubelet looks for registry logins on its node (pkg/credentialprovider/config.go, DefaultDockerConfigJSONPaths and DefaultDockercfgPaths).</summary>
internal static class NodeFilePaths
{
    public const string Json = "config.json";
    public const string Bare = ".dockercfg";

    /// <summary>The four of config.json, then the four of .dockercfg. Without <c>$HOME</c> its two are beside the working directory.</summary>
    public static IReadOnlyList<string> Of(KubeletSetup setup)
    {
        var (root, here, home) = (setup.RootDir, setup.WorkingDirectory, setup.Home ?? "");
        string[] paths =
        [
            Join(here, root, Json), Join(here, "", Json), Join(here, Join("", home, ".docker"), Json), "/.docker/" + Json,
            Join(here, root, Bare), Join(here, "", Bare), Join(here, home, Bare), "/" + Bare,
        ];
        return [.. paths.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A path of Windows with the slashes of the others.</summary>
    public static string Slashes(string path) => path.Replace('\\', '/');

    private static string Join(string here, string folder, string name)
    {
        folder = Slashes(folder);
        var isAbsolute = folder.StartsWith('/') || (folder.Length > 1 && folder[1] == ':');
        var whole = isAbsolute || here.Length == 0 ? folder : Slashes(here) + "/" + folder;
        return Clean((whole.Length == 0 ? "" : whole + "/") + name);
    }

    private static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part == ".." && parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else if (part != "..") parts.Add(part);
        }
        return (path.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }
}
