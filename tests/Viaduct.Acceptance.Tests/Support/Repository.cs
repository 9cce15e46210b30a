using System.Runtime.CompilerServices;

namespace Viaduct.Acceptance.Tests;

/// <summary>The folder of this repository, found from where this file was compiled.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath("../../..", Folder());

    /// <summary>What every pause binary answers to <c>-v</c>.</summary>
    public static string PauseVersion => $"pause.c {File.ReadAllText(Path.Combine(Root, "images/pause/VERSION")).Trim()}";

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
