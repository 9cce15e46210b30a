using System.Globalization;
using System.Text.RegularExpressions;
using Viaduct.Metadata;
using Viaduct.Oci;
using Viaduct.Reports;

namespace Viaduct.Cli.Terminal;

/// <summary>
/// What a service of CI is told beside the usual words: GitHub Actions ("Workflow commands", docs.github.com) and Azure Pipelines ("Logging commands",
/// learn.microsoft.com). A secret needs no mask, since none is ever printed.
/// </summary>
internal static partial class CiWords
{
    /// <summary>The error as an annotation, at its place in a file where it has one.</summary>
    public static void Error(Caller caller, ViaductException failure)
    {
        if (caller.Variable("GITHUB_ACTIONS") == "true")
        {
            var place = Place(caller, failure) is var (file, line) ? $"file={Property(file)},line={line}," : "";
            caller.Error.WriteLine($"::error {place}title={Property(failure.Code)}::{Data(failure.Message)}");
        }
        else if (string.Equals(caller.Variable("TF_BUILD"), "True", StringComparison.OrdinalIgnoreCase))
        {
            var place = Place(caller, failure) is var (file, line) ? $"sourcepath={Azure(file)};linenumber={line};" : "";
            caller.Error.WriteLine($"##vso[task.logissue type=error;{place}code={failure.Code}]{Data(failure.Message)}");
        }
    }

    /// <summary>The job's table in the summary of the step, and its lists as the output variable <c>lists</c>: names and digests as JSON in one line.</summary>
    public static void Done(Caller caller, JobRecord record)
    {
        Append(caller, "GITHUB_STEP_SUMMARY", JobReport.Markdown(record));
        var json = new GoJsonWriter().BeginObject();
        foreach (var list in record.Images.Select(i => i.List).OfType<ListRecord>())
            foreach (var name in list.Names) json.Name(name).String(list.Digest);
        Append(caller, "GITHUB_OUTPUT", $"lists={System.Text.Encoding.UTF8.GetString(json.EndObject().ToBytes())}\n");
    }

    private static void Append(Caller caller, string variable, string text)
    {
        if (caller.Variable(variable) is not { Length: > 0 } file) return;
        try
        {
            File.AppendAllText(Path.GetFullPath(file, caller.Folder), text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The work is done, whatever becomes of the words about it.
            caller.Error.WriteLine($"warning: {variable}: {Errors.Failures.Printable(e.Message)}");
        }
    }

    private static (string File, string Line)? Place(Caller caller, ViaductException failure) =>
        failure.Where is { } where && FileAndLine().Match(where) is { Success: true } match && File.Exists(Path.GetFullPath(match.Groups["file"].Value, caller.Folder))
            ? (match.Groups["file"].Value, int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)) : null;

    private static string Data(string text) => text.Replace("%", "%25").Replace("\r", "%0D").Replace("\n", "%0A");

    private static string Property(string text) => Data(text).Replace(":", "%3A").Replace(",", "%2C");

    private static string Azure(string text) => text.Replace("%", "%AZP25").Replace(";", "%3B").Replace("\r", "%0D").Replace("\n", "%0A").Replace("]", "%5D");

    [GeneratedRegex(@"^(?<file>.+?):(?<line>\d{1,7})(:\d{1,7})?$")]
    private static partial Regex FileAndLine();
}
