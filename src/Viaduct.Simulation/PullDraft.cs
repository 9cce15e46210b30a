using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>A prediction while it is being made; it puts clauses into sentences.</summary>
internal sealed class PullDraft(Node node)
{
    private const int MaxLength = 1000;

    private readonly List<Finding> _findings = [];
    private Descriptor? _entry;
    private ImageContents? _contents;
    private Selection? _selection;

    public Node Node => node;

    public Descriptor? Selected { get; set; }

    public void Add(FindingKind kind, Verdict verdict, string sentence) => _findings.Add(new(kind, verdict, Plain(sentence)));

    /// <summary>Adds a clause about the image that was selected.</summary>
    public void AddAboutPull(Finding finding) => AddAboutPull(finding.Kind, finding.Verdict, finding.Text);

    public void AddAboutPull(FindingKind kind, Verdict verdict, string clause) => Add(kind, verdict, $"node {node} would pull {Named()}, and {clause}");

    public void AddSelection(Selection selection)
    {
        _selection = selection;
        if (selection.Chosen is not { } entry)
        {
            var none = SelectionFindings.OfNone(selection, node);
            Add(none.Kind, none.Verdict, none.Text);
            return;
        }
        (_entry, Selected) = (entry, entry);
        foreach (var finding in SelectionFindings.OfChosen(selection, node)) AddAboutPull(finding);
    }

    public void AddContents(ImageContents contents)
    {
        var host = HostPlatform.Of(node.Platform);
        _contents = contents;
        var verdicts = (contents.Program?.Files ?? []).Select(f => (File: f, Run: f.Format.RunsOn(node))).ToList();
        var wrong = Gravest(verdicts);
        var runs = verdicts.Any(v => v.File.Format.Kind != BinaryKind.Script)
            && verdicts.All(v => v.Run.Verdict != Verdict.Failure)
            && contents.Program!.Findings.All(f => f.Verdict != Verdict.Failure);

        if (contents.Config is { } config)
            foreach (var finding in PlatformAgreement.Compare(config.Platform, _entry?.Platform, host, runs))
                AddAboutPull(finding);
        foreach (var finding in contents.Findings) AddAboutPull(finding);
        if (wrong.File is { } file) AddAboutPull(wrong.Run.Kind!, wrong.Run.Verdict, $"its {file.Path} is {file.Format.Noun}: {wrong.Run.Because}");
        foreach (var finding in contents.Program?.Findings ?? []) AddAboutPull(finding);
        if (runs && wrong.File is null && contents.Program?.Behind is { } behind) AddBehind(behind);
    }

    /// <summary>What a shell starts in turn. Nobody proves that it comes to it, so nothing here is more than a warning.</summary>
    private void AddBehind(StartedProgram behind)
    {
        var wrong = Gravest(behind.Files.Select(f => (File: f, Run: f.Format.RunsOn(node))));
        if (wrong.File is { } file) AddAboutPull(wrong.Run.Kind!, Verdict.Warning, $"its shell starts {file.Path}, which is {file.Format.Noun}: {wrong.Run.Because}");
        foreach (var finding in behind.Findings.Where(f => f.Verdict == Verdict.Failure))
            AddAboutPull(finding.Kind, Verdict.Warning, $"its shell starts {behind.Name}: {finding.Text}");
    }

    /// <summary>The first that does not run decides, since what comes after it is never loaded; else the first that may not.</summary>
    private static (ExaminedFile File, RunVerdict Run) Gravest(IEnumerable<(ExaminedFile File, RunVerdict Run)> verdicts)
    {
        var wrong = verdicts.Where(v => v.Run.Verdict != Verdict.Ok).ToList();
        return wrong.FirstOrDefault(v => v.Run.Verdict == Verdict.Failure) is { File: not null } failure ? failure : wrong.FirstOrDefault();
    }

    public SimulatedPull Finish() => new()
    {
        Node = node,
        Verdict = Verdicts.Worst(_findings.Select(f => f.Verdict)),
        Selected = Selected,
        ConfigPlatform = _contents?.Config?.Platform,
        Executable = _contents?.Program?.Name ?? _contents?.Config?.Container.Executable,
        Binary = _contents?.Program?.Files.FirstOrDefault()?.Format,
        Findings = [.. _findings],
        Selection = _selection,
    };

    private string Named() => _entry is null
        ? $"{Short(Selected!.Digest)}, which is no list"
        : _entry.Platform is null ? Short(_entry.Digest) : $"{Short(_entry.Digest)} for {_entry.Platform}";

    private static string Short(Digest digest) => $"{digest.Algorithm}:{digest.Short}";

    /// <summary>Paths and platforms are words of strangers: none reaches a terminal as a control sequence, and none fills it.</summary>
    private static string Plain(string sentence)
    {
        var plain = string.Concat(sentence.Take(MaxLength).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return sentence.Length <= MaxLength ? plain : plain + "…";
    }
}
