using Viaduct.Oci;

namespace Viaduct.Build.Dockerfiles;

/// <summary>Reads one instruction from its line.</summary>
/// <param name="escape">The escape character when it is not the one that the directives name.</param>
internal sealed class InstructionParser(DockerfileLines lines, char? escape = null)
{
    private IReadOnlyList<Heredoc> _heredocs = [];

    private char Escape => escape ?? lines.Directives.Escape;

    public Instruction Parse(SourceLine line)
    {
        var instruction = Parse(line, 0);
        return instruction with { Written = new Written(line.FirstWord, new LineRange(line.FirstLine, lines.Taken), line.Comments, line.HasEmptyContinuation ? line.LastLine : 0) };
    }

    private Instruction Parse(SourceLine line, int from)
    {
        var text = line.Text;
        var end = text.TrimEnd().Length;
        var start = end - text.AsSpan(from, end - from).TrimStart().Length;
        var at = start;
        while (at < end && !char.IsWhiteSpace(text[at])) at++;
        var position = line.At(start);
        var name = text[start..at].ToUpperInvariant();
        if (!KnownInstructions.All.Contains(name)) throw BuildErrors.UnknownInstruction(position, text[start..at], Nearest.To(name, KnownInstructions.All));

        var flags = Flag.Take(line, ref at, end);
        var rest = at < end ? line.Slice(at, end) : new Word("", line.At(Math.Max(start, end - 1)));
        IReadOnlyList<Heredoc> heredocs = name is "RUN" or "COPY" or "ADD" ? [.. Heredoc.In(rest.Text, Escape).Select(h => lines.ReadHeredoc(h, position))] : [];
        CheckFlags(name, flags);
        _heredocs = heredocs;

        return name switch
        {
            "FROM" => From(line, at, end, position, flags),
            "ARG" => Arg(line, at, end, position),
            "ENV" or "LABEL" => Pairs(name, line, at, end, position),
            "COPY" or "ADD" => CopyParser.Read(name, line, at, end, position, flags, rest, heredocs),
            "USER" or "WORKDIR" => new TextInstruction(name, position, rest.Text.Length > 0 ? rest : throw BuildErrors.Arguments(position, name, "one value")),
            "ENTRYPOINT" or "CMD" => Command(name, position, rest),
            "EXPOSE" => new ExposeInstruction(position, WordSplitter.ByBlanks(line, at, end) is { Count: > 0 } ports ? ports : throw BuildErrors.Arguments(position, name, "at least one port")),
            "VOLUME" => new VolumeInstruction(position, Volumes(line, at, end, rest) is { Count: > 0 } paths ? paths : throw BuildErrors.Arguments(position, name, "at least one path")),
            "STOPSIGNAL" => new TextInstruction(name, position, rest.Text.Length > 0 ? rest : throw BuildErrors.Arguments(position, name, "a signal")),
            "SHELL" => new CommandInstruction(name, position, JsonForm.TryRead(rest, name) is { Count: > 0 } shell ? shell : throw BuildErrors.Arguments(position, name, "a JSON array such as [\"/bin/sh\", \"-c\"]"), Shell: false),
            "MAINTAINER" => new CommandInstruction(name, position, [rest.Text.Length > 0 ? rest.Text : throw BuildErrors.Arguments(position, name, "a name")], Shell: false),
            "HEALTHCHECK" => HealthcheckForm.Read(line, at, end, position, flags),
            "ONBUILD" => OnBuild(line, at, end, position),
            _ => Other(name, position, flags),
        };
    }

    private static FromInstruction From(SourceLine line, int at, int end, Position position, List<Flag> flags)
    {
        var words = WordSplitter.ByBlanks(line, at, end);
        string? stage = null;
        if (words.Count == 3 && words[1].Text.Equals("as", StringComparison.OrdinalIgnoreCase))
        {
            stage = words[2].Text.ToLowerInvariant();
            if (!char.IsAsciiLetterLower(stage[0]) || stage.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
                throw BuildErrors.Syntax(words[2].Position, $"'{words[2]}' cannot name a stage", "A stage's name begins with a letter and goes on with letters, digits, '-', '_' and '.'.");
        }
        else if (words.Count != 1)
            throw BuildErrors.Arguments(position, "FROM", "an image, or an image AS a name");
        return new FromInstruction(position, words[0], Value(flags, "platform"), stage) { Naming = stage is null ? null : (words[1].Text, words[2].Text) };
    }

    private ArgInstruction Arg(SourceLine line, int at, int end, Position position)
    {
        var words = WordSplitter.ByQuotes(line, at, end, Escape);
        if (words.Count == 0) throw BuildErrors.Arguments(position, "ARG", "at least one name");
        return new ArgInstruction(position, [.. words.Select(word =>
        {
            var (name, value) = Split(word);
            return name.Text.Length == 0 || name.Text.AsSpan().ContainsAny("'\"$ ")
                ? throw BuildErrors.Syntax(word.Position, $"'{word}' declares no argument", "Write ARG name or ARG name=value.")
                : (name.Text, value);
        })]);
    }

    private PairsInstruction Pairs(string name, SourceLine line, int at, int end, Position position)
    {
        var words = WordSplitter.ByQuotes(line, at, end, Escape);
        if (words.Count == 0) throw BuildErrors.Arguments(position, name, "name=value");
        if (!words[0].Text.Contains('='))
        {
            // The old form: the first blank ends the name and all the rest is the value.
            var blank = at;
            while (blank < end && !char.IsWhiteSpace(line.Text[blank])) blank++;
            var value = blank;
            while (value < end && char.IsWhiteSpace(line.Text[value])) value++;
            if (value == end) throw BuildErrors.Arguments(position, name, "a name and a value");
            return new PairsInstruction(name, position, [(line.Slice(at, blank), line.Slice(value, end))]) { IsLegacy = true };
        }
        return new PairsInstruction(name, position, [.. words.Select(word => Split(word) switch
        {
            ({ Text.Length: > 0 } key, { } value) => (key, value),
            _ => throw BuildErrors.Syntax(word.Position, $"'{word}' is not of the form name=value", "Put quotes around a value that has blanks."),
        })]);
    }

    private static List<Word> Volumes(SourceLine line, int at, int end, Word rest) =>
        JsonForm.TryRead(rest, "VOLUME")?.Select(text => new Word(text, rest.Position)).ToList() ?? WordSplitter.ByBlanks(line, at, end);

    /// <summary>What is kept is read again for each child, and then without this file's directives (BuildKit, dispatchOnBuildTriggers).</summary>
    private OnBuildInstruction OnBuild(SourceLine line, int at, int end, Position position)
    {
        while (at < end && char.IsWhiteSpace(line.Text[at])) at++;
        if (at == end) throw BuildErrors.Arguments(position, "ONBUILD", "an instruction");
        var word = at;
        while (word < end && !char.IsWhiteSpace(line.Text[word])) word++;
        // Before it is read: a line of nothing but ONBUILD would go as deep as it is long.
        Triggers.Allow(line.Text[at..word], line.At(at));
        var parser = new InstructionParser(lines, ParserDirectives.DefaultEscape);
        var trigger = parser.Parse(line, at);
        return new OnBuildInstruction(position, line.Text[at..] + string.Concat(parser._heredocs.Select(h => $"\n{h.Body.Text}{h.Name}")), trigger);
    }

    private static CommandInstruction Command(string name, Position position, Word rest) =>
        JsonForm.TryRead(rest, name) is { } words ? new CommandInstruction(name, position, words, Shell: false)
        : rest.Text.Length > 0 ? new CommandInstruction(name, position, [rest.Text], Shell: true)
        : throw BuildErrors.Arguments(position, name, "a command, or [] for none");

    private static OtherInstruction Other(string name, Position position, List<Flag> flags)
    {
        var froms = new List<Word>();
        var values = new List<Word>();
        foreach (var flag in flags)
        {
            if (flag is { Name: "from", Value: { } from }) froms.Add(new Word(from, flag.Position));
            if (flag is not { Name: "mount", Value: { } mount }) continue;
            foreach (var part in mount.Split(','))
            {
                if (part.StartsWith("from=", StringComparison.OrdinalIgnoreCase)) froms.Add(new Word(part[5..], flag.Position));
                if (part.IndexOf('=') is >= 0 and var equals) values.Add(new Word(part[(equals + 1)..], flag.Position));
            }
        }
        return new OtherInstruction(name, position, froms) { Foreign = new Word(name, position), MountValues = values };
    }

    private static void CheckFlags(string name, List<Flag> flags)
    {
        var known = KnownInstructions.FlagsOf(name);
        if (name is "RUN") return;
        for (var i = 0; i < flags.Count; i++)
        {
            var flag = flags[i];
            var entry = known.FirstOrDefault(k => k.TrimEnd('*', '?', '+') == flag.Name)
                ?? throw BuildErrors.UnknownFlag(flag.Position, name, flag.Name, Nearest.To(flag.Name, known.Select(k => k.TrimEnd('*', '?', '+'))));
            if (entry[^1] is '*' or '?') continue;
            if (flag.Value is null)
                throw BuildErrors.Syntax(flag.Position, $"--{flag.Name} has no value", $"Write --{flag.Name}=value, without a blank.");
            if (entry[^1] != '+' && flags.FindIndex(f => f.Name == flag.Name) != i)
                throw BuildErrors.Syntax(flag.Position, $"--{flag.Name} stands here twice", "Keep one of them.");
        }
    }

    public static Word? Value(List<Flag> flags, string name) =>
        flags.Find(f => f.Name == name) is { Value: { Length: > 0 } value } flag ? new Word(value, flag.Position) : null;

    private static (Word Name, Word? Value) Split(Word word)
    {
        var equals = word.Text.IndexOf('=');
        if (equals < 0) return (word, null);
        var after = word.Position with { Column = word.Position.Column + equals + 1 };
        return (new Word(word.Text[..equals], word.Position), new Word(word.Text[(equals + 1)..], after));
    }
}
