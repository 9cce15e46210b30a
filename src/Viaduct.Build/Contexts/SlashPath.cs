namespace Viaduct.Build;

/// <summary>Slash-separated paths as Go's path package treats them.</summary>
internal static class SlashPath
{
    /// <summary>Go's path.Clean, without the "." for nothing: <c>.</c> and empty parts vanish, <c>..</c> takes the part before it with it.</summary>
    public static string Clean(string path)
    {
        var rooted = path.StartsWith('/');
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts is [.., not ".."]) parts.RemoveAt(parts.Count - 1);
            else if (!rooted) parts.Add(part);
        }
        return (rooted ? "/" : "") + string.Join('/', parts);
    }

    /// <summary>Makes an absolute path of one that may be relative to a folder; never above the root.</summary>
    public static string Absolute(string folder, string path) => Clean(path.StartsWith('/') ? path : "/" + folder + "/" + path);

    public static string Join(string folder, string name) => folder.Length == 0 ? name : folder + "/" + name;

    public static string Parent(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";

    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];
}
