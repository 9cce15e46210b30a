namespace Viaduct.Server;

internal static class Listing
{
    /// <summary>The names of a directory's files; none when there is no such directory.</summary>
    public static IEnumerable<string> Files(string directory)
    {
        try
        {
            return Directory.GetFiles(directory).Select(f => Path.GetFileName(f));
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    public static IEnumerable<string> Directories(string directory)
    {
        try
        {
            return Directory.GetDirectories(directory).Select(d => Path.GetFileName(d));
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
