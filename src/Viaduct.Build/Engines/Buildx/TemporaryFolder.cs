namespace Viaduct.Build.Engines;

/// <summary>A folder that only this user can look into, and that is gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private TemporaryFolder(string path) => Path = path;

    public string Path { get; }

    public static TemporaryFolder Create(string parent)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(parent, "buildx-" + System.IO.Path.GetRandomFileName()));
        Directory.CreateDirectory(parent);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new TemporaryFolder(path);
    }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The image is made, or the failure is another one.
        }
    }
}
