using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build;

/// <summary>Expands a stage's instructions one after the other; ENV and ARG change what the following ones see.</summary>
internal sealed class StageSteps
{
    private readonly GlobalScope _globals;
    private readonly Scope _scope;
    private readonly List<Step> _steps = [];

    private StageSteps(GlobalScope globals, Scope scope)
    {
        _globals = globals;
        _scope = scope;
    }

    /// <param name="environment">NAME=value pairs that the stage's base sets.</param>
    /// <param name="open">True while the base is an image whose environment is not known: words that may need it are then marked as uncertain.</param>
    public static IReadOnlyList<Step> Of(Stage stage, StageGraph graph, IEnumerable<string> environment, bool open)
    {
        var variables = new Variables { Open = open };
        foreach (var pair in environment)
            if (pair.IndexOf('=') is > 0 and var equals) variables[pair[..equals]] = pair[(equals + 1)..];
        var steps = new StageSteps(graph.Globals, new Scope(graph.Escape, variables, graph.Globals.Budget));
        foreach (var instruction in stage.Instructions) steps.Add(instruction);
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
                _steps.Add(new Step(copy, [.. copy.Sources.Append(copy.Destination).Select(_scope.Expand)], Expand(copy.Chown), Expand(copy.Chmod)));
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
            default:
                throw BuildErrors.Foreign(instruction.Foreign ?? new Word(instruction.Name, instruction.Position));
        }
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
