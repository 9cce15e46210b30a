using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Viaduct.Cli.Tests;

/// <summary>docs/images-page as its readers see it.</summary>
internal static partial class ImagesPage
{
    public static string Root { get; } = FindRoot();

    public static string Folder { get; } = Path.Combine(Root, "docs", "images-page");

    /// <summary>The folders that the page's table links to.</summary>
    public static IReadOnlyList<string> Rows() =>
        [.. Row().Matches(File.ReadAllText(Path.Combine(Folder, "README.md"))).Select(m => m.Groups[1].Value)];

    /// <summary>The console blocks of a section.</summary>
    public static IReadOnlyList<ImagesPageBlock> Read(string section)
    {
        var blocks = new List<ImagesPageBlock>();
        var (variant, inside) = ("", false);
        foreach (var line in File.ReadLines(Path.Combine(Folder, section, "README.md")))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = line == "```console";
                if (inside) blocks.Add(new ImagesPageBlock(variant, []));
            }
            else if (!inside)
                variant = line.StartsWith("Right:", StringComparison.Ordinal) ? "Right" : line.StartsWith("Wrong:", StringComparison.Ordinal) ? "Wrong" : variant;
            else if (line.StartsWith("$ ", StringComparison.Ordinal))
                blocks[^1].Steps.Add(new ImagesPageStep(line[2..], ""));
            else
                blocks[^1].Steps[^1] = blocks[^1].Steps[^1] with { Shown = blocks[^1].Steps[^1].Shown + line + "\n" };
        }
        return blocks;
    }

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath("../../../..", here);

    [GeneratedRegex(@"^\|.*\]\(([a-z0-9-]+)/README\.md\)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
