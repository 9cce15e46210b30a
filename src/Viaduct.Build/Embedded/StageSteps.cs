using System.Globalization;
using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>Expands a stage's instructions one after the other; ENV and ARG change what the following ones see.</summary>
internal sealed class StageSteps
{
    private readonly GlobalScope _globals;
    private readonly Scope _scope;
    private readonly Action<Word> _foreign;
    private readonly List<Step> _steps = [];

    private StageSteps(GlobalScope globals, Scope scope, Action<Word> foreign)
    {
        _globals = globals;
        _scope = scope;
        _foreign = foreign;
    }

    /// <param name="instructions">The stage's own and, before them, those that its base brings along.</param>
    /// <param name="environment">NAME=value pairs that the stage's base sets.</param>
    /// <param name="open">True while the base is an image whose environment is not known: words that may need it are then marked as uncertain.</param>
    /// <param name="foreign">Hears what the embedded builder does not do; that is an error without it.</param>
    public static IReadOnlyList<Step> Of(IReadOnlyList<Instruction> instructions, StageGraph graph, IEnumerable<string> environment, bool open, Action<Word>? foreign = null)
    {
        var variables = new Variables { Open = open };
        foreach (var pair in environment)
            if (pair.IndexOf('=') is > 0 and var equals) variables[pair[..equals]] = pair[(equals + 1)..];
        var steps = new StageSteps(graph.Globals, new Scope(graph.Escape, variables, graph.Globals.Budget), foreign ?? (feature => throw BuildErrors.Foreign(feature)));
        foreach (var instruction in instructions) steps.Add(instruction);
        return steps._steps;
    }

    private void Add(Instruction instruction)
    {
        switch (instruction)
        {
            case ArgInstruction arg:
                foreach (var (name, value) in arg.Args) Declare(name, value);
                _steps.Add(new Step(arg, [.. arg.Args.Select(a => Expanded.Literal(new Word(a.Name, arg.Position)))]));
                break;
            case PairsInstruction pairs:
                // All values of one line see the variables from before the line.
                var expanded = pairs.Pairs.SelectMany(p => (Expanded[])[_scope.Expand(p.Key), _scope.Expand(p.Value)]).ToList();
                var step = new Step(pairs, expanded);
                foreach (var (key, value) in step.Pairs)
                    if (key is { Certain: true, Text.Length: 0 }) throw BuildErrors.BadValue(key.Word, $"{pairs.Name} has an empty name", "Write name=value.");
                    else if (pairs.Name == "ENV") Set(key, value);
                _steps.Add(step);
                break;
            case CopyInstruction copy:
                _steps.Add(Copy(copy));
                break;
            case TextInstruction text:
                _steps.Add(new Step(text, [_scope.Expand(text.Text)]));
                break;
            case CommandInstruction command:
                _steps.Add(new Step(command, [.. command.Words.Select(w => Expanded.Literal(new Word(w, command.Position)))]));
                break;
            case ExposeInstruction expose:
                _steps.Add(new Step(expose, [.. expose.Ports.SelectMany(_scope.ExpandWords)]));
                break;
            case VolumeInstruction volume:
                _steps.Add(new Step(volume, [.. volume.Paths.Select(_scope.Expand)]));
                break;
            case HealthcheckInstruction { Check: var check }:
                // The numbers are words of it, too, so that an input key sees them.
                string[] words = [.. ((long[])[check.Interval, check.Timeout, check.StartPeriod, check.StartInterval, check.Retries]).Select(n => n.ToString(CultureInfo.InvariantCulture)), .. check.Test];
                _steps.Add(new Step(instruction, [.. words.Select(w => Expanded.Literal(new Word(w, instruction.Position)))]));
                break;
            case OnBuildInstruction { Expression: var expression }:
                _steps.Add(new Step(instruction, [Expanded.Literal(new Word(expression, instruction.Position))]));
                break;
            default:
                _foreign(instruction.Foreign ?? new Word(instruction.Name, instruction.Position));
                break;
        }
    }

    private Step Copy(CopyInstruction copy)
    {
        var words = copy.Sources.Append(copy.Destination).Select(_scope.Expand).ToList();
        if (copy.Name == "ADD")
            foreach (var word in words.SkipLast(1).Where(w => w.Certain))
                if (Addresses.Foreign(word.Word, word.Text, copy.Checksum is not null) is { } feature) _foreign(feature);
        var checksum = Expand(copy.Checksum);
        if (checksum is not null) RequireOneAddress(checksum, words);
        return new Step(copy, words, Expand(copy.Chown), Expand(copy.Chmod))
        {
            Documents = [.. copy.Heredocs.Select(h => (h.Name, h.Expand ? _scope.ExpandBody(h) : Expanded.Literal(h.Body)))],
            Excludes = [.. copy.Excludes.Select(_scope.Expand)],
            Checksum = checksum,
        };
    }

    /// <summary>As in BuildKit (dispatchCopy), which takes SHA-256 alone for files, too (source/http).</summary>
    private static void RequireOneAddress(Expanded checksum, List<Expanded> words)
    {
        if (words.Count != 2 || (words[0].Certain && !Addresses.Is(words[0].Text)))
            throw BuildErrors.BadValue(checksum.Word, "--checksum belongs to one source, which is an address", "Write an ADD of its own for each address.");
        if (checksum.Certain && (!Digest.TryParse(checksum.Text, out var digest) || digest.Algorithm != "sha256"))
            throw BuildErrors.BadValue(checksum.Word, $"'{checksum.Text}' is not a checksum", "Write --checksum=sha256: and 64 lower-case hexadecimal digits.");
    }

    private Expanded? Expand(Word? word) => word is { } given ? _scope.Expand(given) : null;

    /// <summary>
    /// A passed argument, else the default, else the global of that name; without any of them the name stays as it was.
    /// An ARG hides an ENV of the same name that stands before it (BuildKit, dispatchArg).
    /// </summary>
    private void Declare(string name, Word? value)
    {
        if (_globals.Args.TryGetValue(name, out var passed)) _scope.Variables[name] = passed;
        else if (value is { } word) Assign(name, _scope.Expand(word));
        else if (_globals.ValueFor(name) is { } global) _scope.Variables[name] = global;
    }

    private void Set(Expanded key, Expanded value)
    {
        if (key.Certain) Assign(key.Text, value);
        else _scope.Variables.ForgetAll();
    }

    private void Assign(string name, Expanded value)
    {
        if (value.Certain) _scope.Variables[name] = value.Text;
        else _scope.Variables.Forget(name);
    }
}
