using System.Globalization;
using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>
/// Makes the Dockerfile that is sent: images by the names that they have in the engine, and copies of the whole context from a stage that holds it
/// without what Viaduct adds to it. Everything else stays where it is, comments, directives and heredocs too.
/// </summary>
internal sealed class DockerfileRewriter(Dockerfile dockerfile, StageGraph graph, string text, BuildRequest request)
{
    public const string ContextStage = "viaduct-context";

    private readonly TextEdits _edits = new(text);

    /// <param name="names">What each image is called in the engine.</param>
    public SentDockerfile Rewrite(Func<StageSource, string> names)
    {
        foreach (var source in graph.ImageSources) Rename(source.Word, names(source));
        var copies = CopiesOfAll(graph, request);
        foreach (var copy in copies) CopyFromStage(copy);
        if (copies.Count > 0) AddContextStage();
        return new SentDockerfile(_edits.Finish(), Target(), copies.Count > 0);
    }

    /// <summary>The instructions that copy from a stage of Viaduct's, which is then the first of all.</summary>
    public static IReadOnlyList<CopyInstruction> CopiesOfAll(StageGraph graph, BuildRequest request) =>
        request.Engine.Classic ? [] : [.. graph.Needed.SelectMany(graph.InstructionsOf).OfType<CopyInstruction>().Where(ContextCopies.TakesAll)];

    /// <summary>The stages and images that an instruction takes files from.</summary>
    public static IEnumerable<Word> FromsOf(Instruction instruction) => instruction switch
    {
        CopyInstruction { From: { } from } => [from],
        OtherInstruction other => other.Froms,
        OnBuildInstruction onBuild => FromsOf(onBuild.Trigger),
        _ => [],
    };

    private void Rename(Word word, string name)
    {
        var rest = _edits.At(word.Position);
        if (!rest.StartsWith("--")) ReplaceWord(word, rest, name);
        else ReplaceFlag(word, RawFlag(rest), name);
    }

    private void ReplaceWord(Word word, ReadOnlySpan<char> rest, string name)
    {
        if (!rest.StartsWith(word.Text, StringComparison.Ordinal)) throw Unreadable(word);
        _edits.Replace(word.Position, 0, word.Text.Length, name);
    }

    private void ReplaceFlag(Word word, ReadOnlySpan<char> flag, string name)
    {
        if (flag.StartsWith("--from="))
        {
            if (!flag["--from=".Length..].Trim("\"'").SequenceEqual(word.Text)) throw Unreadable(word);
            _edits.Replace(word.Position, 0, flag.Length, "--from=" + name);
            return;
        }
        // --mount=type=bind,from=IMAGE,…: pieces between commas, the whole perhaps in quotes.
        for (var at = flag.IndexOf("from=", StringComparison.OrdinalIgnoreCase); at > 0;)
        {
            var value = flag[(at + 5)..];
            var after = value.StartsWith(word.Text, StringComparison.Ordinal) ? value[word.Text.Length..] : "?";
            if (flag[at - 1] is '=' or ',' or '"' or '\'' && (after.IsEmpty || after[0] is ',' or '"' or '\''))
            {
                _edits.Replace(word.Position, at + 5, word.Text.Length, name);
                return;
            }
            var next = value.IndexOf("from=", StringComparison.OrdinalIgnoreCase);
            at = next < 0 ? -1 : at + 5 + next;
        }
        throw Unreadable(word);
    }

    /// <summary>A flag as it is written: blanks end it outside of quotes.</summary>
    private static ReadOnlySpan<char> RawFlag(ReadOnlySpan<char> rest)
    {
        var quote = '\0';
        for (var i = 0; i < rest.Length; i++)
            if (rest[i] == quote) quote = '\0';
            else if (quote == '\0' && rest[i] is '\'' or '"') quote = rest[i];
            else if (quote == '\0' && char.IsWhiteSpace(rest[i])) return rest[..i];
        return rest;
    }

    private void CopyFromStage(CopyInstruction copy)
    {
        var rest = _edits.At(copy.Position);
        if (!rest.StartsWith(copy.Name, StringComparison.OrdinalIgnoreCase)) throw Unreadable(new Word(copy.Name, copy.Position));
        // A folder is never unpacked, and ADD has no --from.
        if (copy.Name == "ADD" && copy.Sources.Any(s => SlashPath.Clean(s.Text.TrimStart('/')).Length > 0))
            throw DockerBuildErrors.CannotRewrite(copy.Position, "ADD with a wildcard that reaches all of the context cannot be built here", "Write COPY, or name the archives that it unpacks; or write builder: buildx.");
        if (copy.Name == "ADD" && (copy is { Unpack: false } or { UnpackFetched: true } or { Checksum: not null } || copy.Foreign is not null))
            throw DockerBuildErrors.CannotRewrite(copy.Position, "ADD of all of the context cannot be built here with flags that COPY does not have", "A folder needs none of them: leave them out; or write builder: buildx.");
        _edits.Replace(copy.Position, 0, copy.Name.Length, "COPY --from=" + ContextStage);
    }

    private void AddContextStage()
    {
        _edits.InsertBefore(dockerfile.Stages[0].From.Position.Line, $"FROM scratch AS {ContextStage}\nCOPY {ContextCopies.Folder}/context/ /\n");
        // Stages that are called by their number have another one now.
        foreach (var (stage, instruction) in dockerfile.Stages.SelectMany(s => s.Instructions.Select(i => (s, i))))
        {
            // ONBUILD of the target goes into the image as it stands.
            if (stage == graph.Target && instruction is OnBuildInstruction) continue;
            foreach (var word in FromsOf(instruction).Where(w => int.TryParse(w.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                Rename(word, (int.Parse(word.Text, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Engines know stages by name alone; the last one needs none.</summary>
    private string? Target()
    {
        if (graph.Target.From.StageName is { } name && request.Target is not null) return name;
        if (graph.Target == dockerfile.Stages[^1]) return null;
        throw DockerBuildErrors.CannotRewrite(graph.Target.From.Position, $"the target {request.Target} has no name, and an engine knows stages by name", "Write FROM … AS NAME here, and name it.");
    }

    private static ViaductException Unreadable(Word word) =>
        DockerBuildErrors.CannotRewrite(word.Position, $"'{BuildLog.Clean(word.Text)}' is written in a way that cannot be changed for the engine", "Write it on one line, without quotes.");
}
