namespace Viaduct.Oci.Layers;

/// <summary>Names in archives, and what is refused in them.</summary>
internal static class TarPath
{
    /// <summary>Linux' PATH_MAX: no engine can unpack a longer name.</summary>
    public const int MaxLength = 4096;

    /// <summary>
    /// A name as archives spell it (<c>./a//b/</c>) in the form of <see cref="TarEntry.Path"/>. A leading slash means the image's root,
    /// as it does to the engines; builders such as ko write one. A <c>..</c> has no honest use and is refused.
    /// </summary>
    public static string Normalize(string name, string? where)
    {
        if (name.Length == 0) throw LayerErrors.BadPath(name, "the name is empty", where);
        if (name.Length > MaxLength) throw LayerErrors.BadPath(name, $"the name is longer than {MaxLength}", where);
        if (name.Contains('\0')) throw LayerErrors.BadPath(name, "the name contains a NUL", where);
        if (IsNormal(name)) return name;

        var parts = name.Split('/');
        var count = 0;
        foreach (var part in parts)
        {
            if (part == "..") throw LayerErrors.BadPath(name, "the name contains '..'", where);
            if (part is not ("" or ".")) parts[count++] = part;
        }
        return string.Join('/', parts, 0, count);
    }

    public static bool IsNormal(ReadOnlySpan<char> path)
    {
        if (path.Length > MaxLength || path.Contains('\0')) return false;
        foreach (var part in path.Split('/'))
        {
            if (path[part] is "" or "." or "..") return false;
        }
        return true;
    }

    public static (string Parent, string Name) Split(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? ("", path) : (path[..slash], path[(slash + 1)..]);
    }

    public static string Join(string directory, string name) => directory.Length == 0 ? name : $"{directory}/{name}";
}
