using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Simulation;

/// <summary>Follows an entrypoint to the programs that the kernel loads: through links, first lines of scripts and dynamic loaders.</summary>
/// <param name="examined">Takes the real paths of all that is looked at.</param>
/// <param name="byShell">A shell starts the program, and not the runtime.</param>
internal sealed class ProgramTrace(LayerTree root, ContainerConfig container, ISet<string> examined, bool byShell = false)
{
    /// <summary>linux fs/exec.c, exec_binprm: a sixth interpreter is refused ("depth > 5"; the comment above it says four). Tried on Linux 6.18.</summary>
    private const int MaxInterpreters = 5;

    /// <summary>Each env begins anew; a script that has env look for itself never ends.</summary>
    private const int MaxEnvs = 5;

    // runc looks before it starts, so that the container is never created; what the kernel refuses ends a container that was.
    private const string NeverStarts = "kubelet reports RunContainerError, then CrashLoopBackOff";
    private const string EndsAtOnce = "the container ends at once, and kubelet reports CrashLoopBackOff";

    private const string NotByShell = "the shell cannot start it, and kubelet reports CrashLoopBackOff";

    private readonly string _refused = byShell ? NotByShell : NeverStarts;
    private readonly ProgramSearch _search = new(root, container);
    private readonly List<ExaminedFile> _files = [];
    private readonly List<Finding> _findings = [];
    private int _envs;

    /// <param name="name">The first word of the command line.</param>
    /// <exception cref="UndecidedException">It leads too far.</exception>
    public StartedProgram Follow(string name)
    {
        if (!ProgramSearch.IsBare(name))
            name = _search.Absolute(name);
        else if (_search.Look(name) is { } found)
            name = found;
        else
            Fail(FindingKinds.ProgramMissing, $"its '{name}' is in no directory of PATH ({_search.SearchPath}): {_refused}");

        if (_findings.Count == 0 && Program(FindingKinds.ProgramMissing, name, name, _refused) is { } file)
            Examine(name, file, 0, readsText: byShell);
        return new StartedProgram(name, _files, _findings);
    }

    /// <param name="readsText">What is no program is read as a shell script: by shells (POSIX.1-2024 XCU 2.9.1.4) and by glibc's execvp, which env calls.</param>
    private void Examine(string path, FileNode file, int depth, bool readsText = false)
    {
        var format = Format(file);
        if (readsText && format.Kind == BinaryKind.Unknown) return;
        _files.Add(new ExaminedFile(path, format));
        if (format.Defect is not null) return;
        if (format.Kind == BinaryKind.Script)
            FollowScript(path, format, depth);
        else if (format is { Kind: BinaryKind.Elf, HasInterpreter: true })
            CheckLoader(path, format);
    }

    private void FollowScript(string path, BinaryFormat script, int depth)
    {
        var interpreter = script.Interpreter!;
        if (depth == MaxInterpreters)
        {
            Fail(FindingKinds.InterpreterMissing, $"its {path} is the sixth script in a row, and the kernel follows five: {EndsAtOnce}");
            return;
        }
        var hint = interpreter.EndsWith('\r') ? " (its lines end as on Windows, with a carriage return)" : "";
        var absolute = _search.Absolute(interpreter);
        if (Program(FindingKinds.InterpreterMissing, absolute, $"{absolute.TrimEnd('\r')}, the interpreter of {path}{hint},", EndsAtOnce) is not { } file) return;
        Examine(absolute, file, depth + 1);
        if (absolute.EndsWith("/env", StringComparison.Ordinal) && script.Argument is { } argument && _findings.Count == 0 && Format(file) is { Kind: BinaryKind.Elf, Defect: null })
            FollowEnv(path, argument);
    }

    /// <summary><c>#!/usr/bin/env python3</c>: env finds the real interpreter along PATH when the script starts, and becomes it.</summary>
    private void FollowEnv(string path, string argument)
    {
        if (EnvLine.Program(argument) is not { } name) return;
        if (++_envs > MaxEnvs) throw new UndecidedException($"its scripts ask env for one another more than {MaxEnvs} times");
        if ((ProgramSearch.IsBare(name) ? _search.Look(name) : _search.Absolute(name)) is not { } found)
        {
            var hint = name.Contains(' ') || name.Contains('\t') ? "without -S all of the line is one name; " : "";
            Fail(FindingKinds.InterpreterMissing, $"its {path} asks env for '{name.TrimEnd('\r')}', which is in no directory of PATH ({hint}{_search.SearchPath}): {EndsAtOnce}");
        }
        else if (Program(FindingKinds.InterpreterMissing, found, $"{found}, which env starts for {path},", EndsAtOnce) is { } file)
        {
            Examine(found, file, 0, readsText: true);
        }
    }

    private void CheckLoader(string path, BinaryFormat program)
    {
        if (program.Interpreter is not { } name)
        {
            _findings.Add(new(FindingKinds.NotLookedInto, Verdict.Unknown, $"its {path} names its dynamic loader where it is not read"));
            return;
        }
        var absolute = _search.Absolute(name);
        if (Program(FindingKinds.LoaderMissing, absolute, $"{absolute}, the dynamic loader of {path},", EndsAtOnce) is not { } file) return;
        var loader = Format(file);
        var verdict = program.Accepts(loader);
        if (verdict.Verdict != Verdict.Ok)
            _findings.Add(new(verdict.Kind!, verdict.Verdict, $"its {path} is {program.Noun}, but its dynamic loader {absolute} {verdict.Because}{(verdict.Verdict == Verdict.Failure ? ": " + EndsAtOnce : "")}"));
        // What fits the program may still be for a newer processor than the node's.
        if (verdict.Verdict != Verdict.Failure) _files.Add(new ExaminedFile(absolute, loader));
    }

    /// <summary>The file, when it is there and may be started.</summary>
    private FileNode? Program(FindingKind missing, string path, string called, string consequence)
    {
        if (_search.IsMounted(path))
            _findings.Add(new(FindingKinds.NotLookedInto, Verdict.Unknown, $"its {called} lies below /proc, /sys or /dev, which are the container's and not the image's"));
        else if (_search.File(path) is not { } file)
            Fail(missing, $"its {called} {(_search.BrokenLink(path) is { } target ? $"is a link to {target}, which leads nowhere" : "is missing")}: {consequence}");
        else if (!ProgramSearch.IsFile(file))
            Fail(FindingKinds.NotExecutable, $"its {called} is not a file: {consequence}");
        else if (!ProgramSearch.MayBeExecuted(file))
            Fail(FindingKinds.NotExecutable, $"its {called} may not be executed (mode {Convert.ToString(file.Entry.Mode & 0xfff, 8).PadLeft(4, '0')}): {consequence}");
        else
            return file;
        return null;
    }

    private BinaryFormat Format(FileNode file)
    {
        examined.Add(file.Path);
        return ProgramSearch.Format(file);
    }

    private void Fail(FindingKind kind, string text) => _findings.Add(new(kind, Verdict.Failure, text));
}
