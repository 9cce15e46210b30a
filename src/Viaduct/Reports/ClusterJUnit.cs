using System.Globalization;
using System.Text;
using System.Xml;
using Viaduct.Simulation;

namespace Viaduct.Reports;

/// <summary>A test case for each pod and group of nodes that it can come to, in the XML that CI systems read (github.com/testmoapp/junitxml): failures fail, what is not known is skipped.</summary>
public static class ClusterJUnit
{
    /// <param name="isStrict">What is not known fails, too.</param>
    public static byte[] Render(ClusterView view, bool isStrict)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            var suites = view.NodeLabels.Select((label, n) => (Label: label, Cases: CasesOf(view, n, isStrict))).Append(("scheduling", Pending(view, isStrict))).Where(s => s.Item2.Count > 0).ToList();
            Start(xml, "testsuites", "viaduct simulate", [.. suites.SelectMany(s => s.Item2)]);
            foreach (var (label, cases) in suites)
            {
                Start(xml, "testsuite", label, cases);
                foreach (var one in cases) Case(xml, label, one);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private enum Result
    {
        Passed,
        Skipped,
        Failed,
    }

    private sealed record TestCase(string Name, Result Result, string Word, string Text);

    private static List<TestCase> CasesOf(ClusterView view, int node, bool isStrict) =>
    [
        .. view.Report.PodGroups.Where(g => ClusterWords.VerdictOf(g.Cells[node]) is not null)
            .SelectMany(g => Told(g.Cells[node], isStrict) is var told ? g.Pods.Select(p => told with { Name = view.LabelOf(p) }) : []),
    ];

    private static TestCase Told(ClusterCell cell, bool isStrict)
    {
        var result = ResultOf(ClusterWords.VerdictOf(cell), isStrict);
        return new("", result, ClusterWords.Of(cell), result == Result.Passed ? "" : TextOf(cell));
    }

    private static Result ResultOf(Verdict? verdict, bool isStrict) => verdict switch
    {
        Verdict.Failure => Result.Failed,
        Verdict.Unknown => isStrict ? Result.Failed : Result.Skipped,
        _ => Result.Passed,
    };

    private static string TextOf(ClusterCell cell) => cell.Outcome is not { } outcome ? cell.Landing.Why : outcome.Pod.Refusal
        ?? string.Join('\n', ClusterWords.Decisive(outcome).Select(c => $"{c.Container.Container.Name}: {c.Container.Container.Image}: {ClusterWords.MessageOf(c)}"));

    /// <summary>Pods that come to no node stand in a suite of their own.</summary>
    private static List<TestCase> Pending(ClusterView view, bool isStrict) =>
        [.. view.Report.PodGroups.Where(ClusterWords.IsPending).SelectMany(g => g.Pods.Select(p => new TestCase(view.LabelOf(p), ResultOf(g.Verdict, isStrict), "Pending", g.Nowhere?.Text ?? "")))];

    private static void Start(XmlWriter xml, string element, string name, List<TestCase> cases)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("name", Safe(name));
        xml.WriteAttributeString("tests", Text(cases.Count));
        xml.WriteAttributeString("failures", Text(cases.Count(c => c.Result == Result.Failed)));
        xml.WriteAttributeString("skipped", Text(cases.Count(c => c.Result == Result.Skipped)));
    }

    private static void Case(XmlWriter xml, string suite, TestCase one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Safe(suite));
        xml.WriteAttributeString("name", Safe(one.Name));
        if (one.Result == Result.Skipped)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", Safe(one.Text));
            xml.WriteEndElement();
        }
        else if (one.Result == Result.Failed)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("type", Safe(one.Word));
            xml.WriteAttributeString("message", Safe(one.Text.Split('\n')[0]));
            xml.WriteString(Safe(one.Text));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>XML has no place for control characters and halves of surrogates, whatever their escape.</summary>
    private static string Safe(string text) =>
        string.Concat(text.EnumerateRunes().Select(r => r.Value is '\n' or '\t' || !(Rune.IsControl(r) || r.Value is 0xFFFE or 0xFFFF) ? r.ToString() : "?"));
}
