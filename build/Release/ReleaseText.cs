using System.Text;
using Viaduct.Metadata;
using Viaduct.Reports;

namespace Build.Release;

/// <summary>What people read at GitHub. All of it follows from the record, so that the same record never changes it twice.</summary>
internal static class ReleaseText
{
    /// <summary>Begins what Viaduct writes, and is how it is found again; nobody sees it.</summary>
    public const string ReportMarker = "<!-- viaduct:report -->";
    public const string StaleMarker = "<!-- viaduct:stale-bases -->";

    // GitHub takes 125 000 characters of a release and 65 536 of a comment.
    private const int MaxRelease = 100_000;
    private const int MaxComment = 60_000;
    private const int MaxDescription = 140;
    private const string Begin = "<!-- viaduct:images -->";
    private const string End = "<!-- /viaduct:images -->";

    /// <summary>Puts the table of images in the place of the one that is there; what people wrote round it stays.</summary>
    public static string Body(string? existing, JobRecord record)
    {
        var table = $"{Begin}\n{Cut(Images(record), MaxRelease)}{End}";
        var text = existing?.ReplaceLineEndings("\n") ?? "";
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : text.IndexOf(End, begin, StringComparison.Ordinal);
        return end >= 0 ? $"{text[..begin]}{table}{text[(end + End.Length)..]}"
            : string.IsNullOrWhiteSpace(text) ? table : $"{text.TrimEnd()}\n\n{table}";
    }

    public static string Comment(JobRecord record) => $"{ReportMarker}\n{Cut(JobReport.Markdown(record), MaxComment)}";

    /// <summary>One line for a commit's status.</summary>
    public static string Verdict(JobRecord record)
    {
        var wrong = record.Images.Where(i => i.List is null || i.Problems.Count > 0 || i.Platforms.Any(p => p.Verdict is not ("ok" or "warning"))).Select(i => i.Name).ToList();
        var platforms = record.Images.Sum(i => i.Platforms.Count);
        var text = wrong.Count == 0
            ? $"{Counted(record.Images.Count, "list")} of {Counted(platforms, "image")}: every node gets what it can run"
            : $"not proven: {string.Join(", ", wrong)}";
        return text.Length <= MaxDescription ? text : $"{text[..(MaxDescription - 1)]}…";
    }

    public static string Stale(IReadOnlyList<MovedBase> moved)
    {
        var table = new TextTable("BASE", "BUILT FROM", "NOW");
        foreach (var one in moved) table.Add(one.Base.Name, one.Base.Digest.ToString(), one.Now.ToString());
        return $"{StaleMarker}\nThese bases have moved since the images were built from them:\n\n{Cut(table.RenderMarkdown(), MaxComment)}\nBuild and push again to take them over; this issue is closed when nothing is stale any more.\n";
    }

    /// <summary>GitHub's editor ends lines as Windows does, and trims.</summary>
    public static bool Same(string? there, string wanted) => there?.ReplaceLineEndings("\n").TrimEnd() == wanted.TrimEnd();

    private static string Images(JobRecord record)
    {
        var table = new TextTable("IMAGE", "PLATFORM", "DIGEST");
        foreach (var image in record.Images)
        {
            if (image.List is { } list) table.Add(string.Join("<br>", list.Names.Select(Code)), "list", Code(list.Digest));
            foreach (var platform in image.Platforms)
                table.Add(platform.Names.Count > 0 ? string.Join("<br>", platform.Names.Select(Code)) : image.Name, platform.Platform, Code(platform.Digest));
        }
        return $"## Images\n\n{table.RenderMarkdown()}";
    }

    private static string Code(string text) => $"`{text}`";

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    /// <summary>At the end of a line, since half a row of a table is none.</summary>
    private static string Cut(string text, int length) =>
        text.Length <= length ? text : new StringBuilder(text[..(text.LastIndexOf('\n', length) + 1)]).Append("\nThe rest is in metadata.json.\n").ToString();
}
