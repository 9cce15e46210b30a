using System.Runtime.CompilerServices;

namespace Viaduct.Cli.Tests;

/// <summary>Images that hold a real program, so that nodes can run them.</summary>
internal static class Programs
{
    /// <param name="words">The $(ARCH) of each platform, and the program that its image starts: one of <c>images/pause/bin</c>.</param>
    public static Place Program(this Place place, string name, string platforms, params (string Word, string Program)[] words)
    {
        place.File($"images/{name}/Dockerfile", "FROM scratch\nARG ARCH\nCOPY --chmod=755 app-${ARCH} /app\nENTRYPOINT [\"/app\"]\n")
            .File($"images/{name}/image.yaml", $"platforms: [{platforms}]\n");
        foreach (var (word, program) in words) File.Copy(Path.Combine(Folder(), $"pause-{program}"), place.PathOf($"images/{name}/app-{word}"));
        return place;
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath("../../../../images/pause/bin", here);
}
