using System.Runtime.CompilerServices;

namespace Viaduct.Tests;

/// <summary>The folder of this repository, found from where this file was compiled.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath("../..", Folder());

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
