using System.Text.RegularExpressions;

namespace Viaduct.Simulation;

/// <summary>From what kubelet, a runtime or docker says of a pull that failed to its causes. Whole outputs of <c>kubectl describe</c> and logs are read line by line.</summary>
public static partial class MessageReader
{
    /// <summary>Longer texts are cut: in characters.</summary>
    public const int MaxText = 1 << 20;

    private const int MaxLine = 16 << 10;
    private const int MaxShown = 400;
    private const int MostAnswers = 50;
    private const int ShortestPattern = 5;

    private static readonly string[] OfPulls = ["pull", "image", "manifest", "registry", "/v2/", "blob", "toomanyrequests", "failed to do request"];

    /// <summary>Each kind of message once an image; what only says that something failed stands only where nothing says more.</summary>
    public static IReadOnlyList<Diagnosis> Read(string text)
    {
        var all = new List<Diagnosis>();
        var seen = new HashSet<(string, string?)>();
        var isLog = text.AsSpan().Trim().Contains('\n');
        foreach (var part in Parts(Cut(text, MaxText)))
        {
            if (Symptoms.All.FirstOrDefault(s => s.IsIn(part)) is not { } symptom) continue;
            if (isLog && !IsAboutPulls(part, symptom)) continue;
            var facts = MessageFacts.Of(part);
            if (seen.Add((symptom.Name, facts.Image))) all.Add(Of(part, symptom, facts));
            if (all.Count == MostAnswers) break;
        }
        // A state repeats the events without the image's name.
        var named = all.Where(d => d.Facts.Image is not null).Select(d => d.Symptom.Name).ToHashSet(StringComparer.Ordinal);
        all.RemoveAll(d => d.Facts.Image is null && named.Contains(d.Symptom.Name));
        var said = all.Where(d => !d.Symptom.IsVague).ToList();
        return said.Count > 0 ? said : all.Take(1).ToList();
    }

    private static Diagnosis Of(string part, Symptom symptom, MessageFacts facts) =>
        new(Shown(part), symptom, facts, [.. symptom.Causes.Select(c => new LikelyCause(c, facts.Fill(c.Check), facts.Fill(c.Remedy)))])
        {
            Notes = CloudRegistry.Of(facts.Host ?? "") is { } cloud && symptom.Causes.Contains(AccessCauses.NoCredential) ? [CloudRemarks.Without(cloud, "the pod's namespace")] : [],
        };

    /// <summary>Probes, leases and webhooks time out as well, and logs are full of them.</summary>
    private static bool IsAboutPulls(string part, Symptom symptom) =>
        !NetworkSymptoms.All.Contains(symptom) || (!part.Contains("probe failed", StringComparison.OrdinalIgnoreCase) && OfPulls.Any(w => part.Contains(w, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Parts(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed.Length < ShortestPattern) continue;
            trimmed = MessageCleaner.Clean(Unescaped(Cut(trimmed, MaxLine)));
            // Several credentials, several errors: [e1, e2] (apimachinery, util/errors).
            foreach (var part in trimmed.Contains('[', StringComparison.Ordinal) ? Aggregated().Split(trimmed) : [trimmed]) yield return part;
        }
    }

    /// <summary>Without the word that is cut through: of half an address it cannot be told what is secret.</summary>
    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text.AsSpan(0, most).LastIndexOfAny(' ', '\n') is var end and > 0 ? text[..end] : "";

    /// <summary>Logs quote messages, and kubelet's quotes hold quotes of the runtime's.</summary>
    private static string Unescaped(string line)
    {
        for (var i = 0; i < 4 && line.Contains("\\\"", StringComparison.Ordinal); i++)
            line = line.Replace("\\\\", "\\", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal);
        return line;
    }

    private static string Shown(string part) => part.Length > MaxShown ? part[..(char.IsHighSurrogate(part[MaxShown - 1]) ? MaxShown - 1 : MaxShown)] + "…" : part;

    [GeneratedRegex(", (?=rpc error: code|failed to pull and unpack image|Error response from daemon)", RegexOptions.CultureInvariant)]
    private static partial Regex Aggregated();
}
