using Viaduct.Oci;

namespace Viaduct.Build.Dockerfiles;

/// <summary>Reads one instruction from its line.</summary>
internal sealed class InstructionParser(DockerfileLines lines)
{
    private char Escape => lines.Directives.Escape;

    public Instruction Parse(SourceLine line)
    {
        var text = line.Text;
        var end = text.TrimEnd().Length;
        var start = end - text.AsSpan(0, end).TrimStart().Length;
        var at = start;
        while (at < end && !char.IsWhiteSpace(text[at])) at++;
        var position = line.At(start);
        var name = text[start..at].ToUpperInvariant();
        if (!KnownInstructions.All.Contains(name)) throw BuildErrors.UnknownInstruction(position, text[start..at], Nearest.To(name, KnownInstructions.All));

        var flags = Flag.Take(line, ref at, end);
        var rest = at < end ? line.Slice(at, end) : new Word("", line.At(Math.Max(start, end - 1)));
        var heredocs = name is "RUN" or "COPY" or "ADD" ? Heredoc.In(rest.Text, Escape) : [];
        foreach (var heredoc in heredocs) lines.SkipHeredoc(heredoc, position);
        CheckFlags(name, flags);

        Instruction instruction = name switch
        {
            "FROM" => From(line, at, end, position, flags),
            "ARG" => Arg(line, at, end, position),
            "ENV" or "LABEL" => Pairs(name, line, at, end, position),
            "COPY" => Copy(line, at, end, position, flags, rest),
            "USER" or "WORKDIR" => new TextInstruction(name, position, rest.Text.Length > 0 ? rest : throw BuildErrors.Arguments(position, name, "one value")),
            "ENTRYPOINT" or "CMD" => Command(name, position, rest),
            "EXPOSE" => new ExposeInstruction(position, WordSplitter.ByBlanks(line, at, end) is { Count: > 0 } ports ? ports : throw BuildErrors.Arguments(position, name, "at least one port")),
            _ => Other(name, position, flags),
        };
        return heredocs.Count > 0 && instruction.Foreign is null
            ? instruction with { Foreign = new Word($"{name} with a heredoc (<<{heredocs[0].Name})", position) }
            : instruction;
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
        return new FromInstruction(position, words[0], Value(flags, "platform"), stage);
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
            return new PairsInstruction(name, position, [(line.Slice(at, blank), line.Slice(value, end))]);
        }
        return new PairsInstruction(name, position, [.. words.Select(word => Split(word) switch
        {
            ({ Text.Length: > 0 } key, { } value) => (key, value),
            _ => throw BuildErrors.Syntax(word.Position, $"'{word}' is not of the form name=value", "Put quotes around a value that has blanks."),
        })]);
    }

    private static CopyInstruction Copy(SourceLine line, int at, int end, Position position, List<Flag> flags, Word rest)
    {
        var words = JsonForm.TryRead(rest, "COPY")?.Select(text => new Word(text, rest.Position)).ToList() ?? WordSplitter.ByBlanks(line, at, end);
        if (words.Count < 2) throw BuildErrors.Arguments(position, "COPY", "at least one source and a destination");
        var foreign = flags.Find(f => KnownInstructions.FlagsOf("COPY").Contains(f.Name + "*") && f.Value != "false");
        return new CopyInstruction(position, words[..^1], words[^1])
        {
            From = Value(flags, "from"),
            Chown = Value(flags, "chown"),
            Chmod = Value(flags, "chmod"),
            Foreign = foreign is null ? null : new Word("COPY --" + foreign.Name, foreign.Position),
        };
    }

    private static CommandInstruction Command(string name, Position position, Word rest) =>
        JsonForm.TryRead(rest, name) is { } words ? new CommandInstruction(name, position, words, Shell: false)
        : rest.Text.Length > 0 ? new CommandInstruction(name, position, [rest.Text], Shell: true)
        : throw BuildErrors.Arguments(position, name, "a command, or [] for none");

    private static OtherInstruction Other(string name, Position position, List<Flag> flags)
    {
        var froms = new List<Word>();
        foreach (var flag in flags)
        {
            if (flag is { Name: "from", Value: { } from }) froms.Add(new Word(from, flag.Position));
            if (flag is not { Name: "mount", Value: { } mount }) continue;
            foreach (var part in mount.Split(','))
                if (part.StartsWith("from=", StringComparison.OrdinalIgnoreCase)) froms.Add(new Word(part[5..], flag.Position));
        }
        return new OtherInstruction(name, position, froms) { Foreign = new Word(name, position) };
    }

    private static void CheckFlags(string name, List<Flag> flags)
    {
        var known = KnownInstructions.FlagsOf(name);
        if (name is "RUN" or "ADD" or "HEALTHCHECK" or "ONBUILD") return;
        for (var i = 0; i < flags.Count; i++)
        {
            var flag = flags[i];
            var local = known.Contains(flag.Name);
            if (!local && !known.Contains(flag.Name + "*"))
                throw BuildErrors.UnknownFlag(flag.Position, name, flag.Name, Nearest.To(flag.Name, known.Select(k => k.TrimEnd('*'))));
            if (local && flag.Value is null)
                throw BuildErrors.Syntax(flag.Position, $"--{flag.Name} has no value", $"Write --{flag.Name}=value, without a blank.");
            if (local && flags.FindIndex(f => f.Name == flag.Name) != i)
                throw BuildErrors.Syntax(flag.Position, $"--{flag.Name} stands here twice", "Keep one of them.");
        }
    }

    private static Word? Value(List<Flag> flags, string name) =>
        flags.Find(f => f.Name == name) is { Value: { Length: > 0 } value } flag ? new Word(value, flag.Position) : null;

    private static (Word Name, Word? Value) Split(Word word)
    {
        var equals = word.Text.IndexOf('=');
        if (equals < 0) return (word, null);
        var after = word.Position with { Column = word.Position.Column + equals + 1 };
        return (new Word(word.Text[..equals], word.Position), new Word(word.Text[(equals + 1)..], after));
    }
}
