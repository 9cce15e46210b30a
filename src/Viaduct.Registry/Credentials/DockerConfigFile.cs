namespace Viaduct.Registry;

/// <summary>Where docker's config.json lies, and what is in it.</summary>
public static class DockerConfigFile
{
    private const int MaxSize = 4 << 20;

    /// <summary>
    /// docker's folder: <c>DOCKER_CONFIG</c>, else <c>.docker</c> in the home folder. Never in the current one, which may be somebody else's:
    /// a home folder that is not there is asked for all the same, and has nothing.
    /// </summary>
    /// <param name="variable">The environment.</param>
    public static string FolderOf(Func<string, string?> variable) =>
        variable("DOCKER_CONFIG") is { Length: > 0 } named ? named : Path.Combine(Home(variable), ".docker");

    internal static string Home(Func<string, string?> variable) =>
        variable(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME") is { Length: > 0 } home ? home
        : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    /// <returns>Null when there is none.</returns>
    /// <exception cref="Oci.ViaductException">VIA3040: it cannot be read, or is too large.</exception>
    public static byte[]? Read(string folder)
    {
        var path = Path.Combine(folder, "config.json");
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            if (file.Length > MaxSize) throw RegistryErrors.Config(path, $"it has more than {MaxSize} bytes");
            var bytes = new byte[(int)file.Length];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw RegistryErrors.Config(path, "it cannot be read");
        }
    }
}
