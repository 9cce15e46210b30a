using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>A prediction while it is being made; it puts clauses into sentences.</summary>
internal sealed class PullDraft(Platform node)
{
    private const int MaxNamed = 12;
    private const int MaxLength = 1000;

    private readonly List<Finding> _findings = [];
    private Descriptor? _entry;
    private ImageContents? _contents;

    public Descriptor? Selected { get; set; }

    public void Add(Verdict verdict, string sentence) => _findings.Add(new(verdict, Plain(sentence)));

    /// <summary>Adds a clause about the image that was selected.</summary>
    public void AddAboutPull(Verdict verdict, string clause) => Add(verdict, $"node {node} would pull {Named()}, and {clause}");

    public void AddSelection(SelectionResult selection, RawManifest list)
    {
        if (selection.Chosen is not { } entry)
        {
            Add(Verdict.Failure, $"node {node} finds nothing to pull in {Short(list.Digest)}, which has {Offered(selection.Passed)}: the pull fails with \"no match for platform in manifest\"");
            return;
        }
        (_entry, Selected) = (entry, entry);
        if (!selection.Exact)
            AddAboutPull(Verdict.Warning, "that is a fall-back: containerd from 2.1 on takes an exact entry only, unless it is set to use_local_image_pull");
        if (selection.Passed.Count(p => p.Reason == PassReason.Duplicate) is > 0 and var more)
            AddAboutPull(Verdict.Warning, $"the list has {more} more for the same platform, which nobody pulls");
        if (MediaTypes.IsIndex(entry.MediaType))
            AddAboutPull(Verdict.Warning, "it is a list within a list, which podman and dockerd refuse");
    }

    public void AddContents(ImageContents contents, Platform host)
    {
        _contents = contents;
        var verdicts = (contents.Program?.Files ?? []).Select(f => (File: f, Run: f.Format.RunsOn(host))).ToList();
        // The first wrong file decides: what comes after it is never loaded.
        var wrong = verdicts.FirstOrDefault(v => v.Run.Verdict != Verdict.Ok);
        var runs = verdicts.Any(v => v.File.Format.Kind != BinaryKind.Script)
            && verdicts.All(v => v.Run.Verdict != Verdict.Failure)
            && contents.Program!.Findings.All(f => f.Verdict != Verdict.Failure);

        if (contents.Config is { } config)
            foreach (var finding in PlatformAgreement.Compare(config.Platform, _entry?.Platform, host, runs))
                AddAboutPull(finding.Verdict, finding.Text);
        foreach (var finding in contents.Findings) AddAboutPull(finding.Verdict, finding.Text);
        if (wrong.File is { } file) AddAboutPull(wrong.Run.Verdict, $"its {file.Path} is {file.Format.Noun}: {wrong.Run.Because}");
        foreach (var finding in contents.Program?.Findings ?? []) AddAboutPull(finding.Verdict, finding.Text);
    }

    public SimulatedPull Finish() => new()
    {
        Node = node,
        Verdict = Verdicts.Worst(_findings.Select(f => f.Verdict)),
        Selected = Selected,
        ConfigPlatform = _contents?.Config?.Platform,
        Executable = _contents?.Program?.Name ?? _contents?.Config?.Container.Executable,
        Binary = _contents?.Program?.Files.FirstOrDefault()?.Format,
        Findings = [.. _findings.Select(f => f.Text)],
    };

    private string Named() => _entry is null
        ? $"{Short(Selected!.Digest)}, which is no list"
        : $"{Short(_entry.Digest)} for {_entry.Platform}";

    private static string Short(Digest digest) => $"{digest.Algorithm}:{digest.Short}";

    /// <summary>Paths and platforms are words of strangers: none reaches a terminal as a control sequence, and none fills it.</summary>
    private static string Plain(string sentence)
    {
        var plain = string.Concat(sentence.Take(MaxLength).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return sentence.Length <= MaxLength ? plain : plain + "…";
    }

    private static string Offered(IReadOnlyList<PassedEntry> passed)
    {
        var named = passed.Where(p => p.Reason != PassReason.Attestation).Select(p => p.Entry.Platform?.ToString() ?? "an entry without a platform").Distinct().ToList();
        return named.Count switch
        {
            0 => "no images",
            <= MaxNamed => string.Join(", ", named),
            _ => $"{string.Join(", ", named.Take(MaxNamed))} and {named.Count - MaxNamed} more",
        };
    }
}
