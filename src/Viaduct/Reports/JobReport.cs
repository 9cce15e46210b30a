using System.Text;
using Viaduct.Metadata;
using Viaduct.Simulation;

namespace Viaduct.Reports;

/// <summary>What a job did, for people: a table for the terminal, Markdown for a step summary.</summary>
public static class JobReport
{
    public static string Text(JobRecord record)
    {
        var text = new StringBuilder();
        text.Append(TableOf(record).Render());
        foreach (var note in Notes(record)) text.Append(TextTable.Plain(note)).Append('\n');
        return text.ToString();
    }

    public static string Markdown(JobRecord record)
    {
        var text = new StringBuilder($"## Images in {record.Registry}\n\n");
        text.Append(TableOf(record).RenderMarkdown());
        foreach (var note in Notes(record)) text.Append($"\n- {TextTable.Plain(note)}");
        return text.Append('\n').ToString();
    }

    private static TextTable TableOf(JobRecord record)
    {
        var table = new TextTable("IMAGE", "PLATFORM", "DIGEST", "DONE", "VERDICT");
        foreach (var image in record.Images)
        {
            foreach (var platform in image.Platforms)
                table.Add(image.Name, platform.Platform, platform.Digest, platform.Action, platform.Verdict ?? "-");
            if (image.List is { } list)
                table.Add(string.Join(", ", list.Names.Select(n => n[(record.Registry.Length + 1)..])), "list", list.Digest, list.Action, VerdictOf(image));
        }
        return table;
    }

    /// <summary>A list is as good as the worst that a node gets from it; without a simulation nothing was proven.</summary>
    private static string VerdictOf(ImageRecord image)
    {
        var verdicts = image.Platforms.Select(p => p.Verdict).OfType<string>().Select(v => Enum.Parse<Verdict>(v, ignoreCase: true)).ToList();
        return image.Problems.Count > 0 ? Verdict.Failure.Word() : verdicts.Count == 0 ? "-" : Verdicts.Worst(verdicts).Word();
    }

    private static IEnumerable<string> Notes(JobRecord record)
    {
        foreach (var image in record.Images)
        {
            if (image.ListSkipped is { } reason) yield return $"The list of '{image.Name}' is left out: {reason}.";
            foreach (var problem in image.Problems) yield return $"{image.Name}: {problem}";
            foreach (var platform in image.Platforms.Where(p => p.Verdict is not (null or "ok")))
                foreach (var finding in platform.Findings) yield return $"{image.Name} {platform.Platform}: {finding}";
        }
    }
}
