using System.Globalization;
using System.Text;
using Viaduct.Simulation;

namespace Viaduct.Cli.Printing;

/// <summary>The causes of messages as text.</summary>
internal static class WhyText
{
    private const int Usual = 4;

    public static string Render(IReadOnlyList<Diagnosis> all, bool every)
    {
        var text = new StringBuilder();
        foreach (var (at, diagnosis) in all.Index())
        {
            if (at > 0) text.Append('\n');
            One(text, diagnosis, every ? int.MaxValue : Usual);
        }
        return text.ToString();
    }

    private static void One(StringBuilder text, Diagnosis diagnosis, int most)
    {
        text.Append("> ").Append(diagnosis.Line).Append('\n').Append(diagnosis.Symptom.Meaning).Append('\n');
        string?[] facts = [Fact("image", diagnosis.Facts.Image), Fact("registry", diagnosis.Facts.Host), Fact("platform", diagnosis.Facts.Platform), Fact("status", diagnosis.Facts.Status?.ToString(CultureInfo.InvariantCulture))];
        if (facts.OfType<string>().ToList() is { Count: > 0 } known) text.AppendJoin(", ", known).Append('\n');
        foreach (var note in diagnosis.Notes) text.Append("note: ").Append(note).Append('\n');
        foreach (var (at, cause) in diagnosis.Causes.Take(most).Index()) Cause(text, at + 1, cause);
        if (diagnosis.Causes.Count > most) text.Append(CultureInfo.InvariantCulture, $"\n{diagnosis.Causes.Count - most} less probable ones are shown by --all.\n");
    }

    private static void Cause(StringBuilder text, int at, LikelyCause likely) =>
        text.Append(CultureInfo.InvariantCulture, $"\n{at}. {likely.Cause.Title} [{likely.Cause.Name}]\n   {likely.Cause.Why}\n   check:  {likely.Check}\n   remedy: {likely.Remedy}\n");

    private static string? Fact(string name, string? value) => value is null ? null : $"{name} {value}";
}
