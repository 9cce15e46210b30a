namespace Viaduct.Build.Engines;

/// <summary>Programs of the machine.</summary>
internal static class Programs
{
    /// <param name="variable">The environment, whose PATH counts.</param>
    /// <exception cref="EngineSilence">There is none.</exception>
    public static string Find(string name, Func<string, string?> variable) => TryFind(name, variable) ?? throw new EngineSilence($"there is no {name} on the PATH");

    public static string? TryFind(string name, Func<string, string?> variable) =>
        (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)).FirstOrDefault(File.Exists);
}
