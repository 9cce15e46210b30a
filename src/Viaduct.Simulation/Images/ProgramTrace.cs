using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Simulation;

/// <summary>Follows an entrypoint to the programs that the kernel loads: through links, first lines of scripts and dynamic loaders.</summary>
internal sealed class ProgramTrace(RootFileSystem root, ContainerConfig container)
{
    /// <summary>linux fs/exec.c, exec_binprm: a fifth interpreter is refused.</summary>
    private const int MaxInterpreters = 4;

    // runc looks before it starts, so that the container is never created; what the kernel refuses ends a container that was.
    private const string NeverStarts = "kubelet reports RunContainerError, then CrashLoopBackOff";
    private const string EndsAtOnce = "the container ends at once, and kubelet reports CrashLoopBackOff";

    private readonly ProgramSearch _search = new(root, container);
    private readonly List<ExaminedFile> _files = [];
    private readonly List<Finding> _findings = [];

    public async Task<StartedProgram> FollowAsync(CancellationToken cancellationToken)
    {
        var name = container.Executable!;
        if (!ProgramSearch.IsBare(name))
            name = _search.Absolute(name);
        else if (_search.Look(name) is { } found)
            name = found;
        else
            Fail($"its '{name}' is in no directory of PATH ({_search.SearchPath}): {NeverStarts}");

        if (_findings.Count == 0 && Program(name, name, NeverStarts) is { } file)
            await ExamineAsync(name, file, 0, cancellationToken).ConfigureAwait(false);
        return new StartedProgram(name, _files, _findings);
    }

    private async Task ExamineAsync(string path, FileNode file, int depth, CancellationToken cancellationToken)
    {
        var format = await _search.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        _files.Add(new ExaminedFile(path, format));
        if (format.Defect is not null) return;
        if (format.Kind == BinaryKind.Script)
            await FollowScriptAsync(path, format, depth, cancellationToken).ConfigureAwait(false);
        else if (format is { Kind: BinaryKind.Elf, HasInterpreter: true })
            await CheckLoaderAsync(path, format, cancellationToken).ConfigureAwait(false);
    }

    private async Task FollowScriptAsync(string path, BinaryFormat script, int depth, CancellationToken cancellationToken)
    {
        var interpreter = script.Interpreter!;
        if (depth == MaxInterpreters)
        {
            Fail($"its {path} is the fifth script in a row, and the kernel follows four: {EndsAtOnce}");
            return;
        }
        var hint = interpreter.EndsWith('\r') ? " (its lines end as on Windows, with a carriage return)" : "";
        var absolute = _search.Absolute(interpreter);
        if (Program(absolute, $"{absolute.TrimEnd('\r')}, the interpreter of {path}{hint},", EndsAtOnce) is not { } file) return;
        CheckEnv(path, absolute, script.Argument);
        await ExamineAsync(absolute, file, depth + 1, cancellationToken).ConfigureAwait(false);
    }

    /// <summary><c>#!/usr/bin/env python3</c>: env finds the real interpreter along PATH when the script starts.</summary>
    private void CheckEnv(string path, string interpreter, string? argument)
    {
        if (!interpreter.EndsWith("/env", StringComparison.Ordinal) || argument is null) return;
        var words = (argument.StartsWith("-S", StringComparison.Ordinal) ? argument[2..] : argument).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.FirstOrDefault() is { } name && name[0] != '-' && ProgramSearch.IsBare(name) && !name.Contains('=') && _search.Look(name) is null)
            Fail($"its {path} asks env for '{name.TrimEnd('\r')}', which is in no directory of PATH ({_search.SearchPath}): {EndsAtOnce}");
    }

    private async Task CheckLoaderAsync(string path, BinaryFormat program, CancellationToken cancellationToken)
    {
        if (program.Interpreter is not { } name)
        {
            _findings.Add(new(Verdict.Unknown, $"its {path} names its dynamic loader where it is not read"));
            return;
        }
        var absolute = _search.Absolute(name);
        if (Program(absolute, $"{absolute}, the dynamic loader of {path},", EndsAtOnce) is not { } file) return;
        var loader = await _search.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        // load_elf_binary: a loader that is no ELF or for another machine is ELIBBAD.
        if (loader.Kind != BinaryKind.Elf || loader.Defect is not null || loader.Architecture != program.Architecture || loader.Machine != program.Machine)
            Fail($"its {path} is {program.Noun}, but its dynamic loader {absolute} is {loader.Noun}: {EndsAtOnce}");
    }

    /// <summary>The file, when it is there and may be started.</summary>
    private FileNode? Program(string path, string called, string consequence)
    {
        if (_search.File(path) is not { } file)
            Fail($"its {called} {(_search.BrokenLink(path) is { } target ? $"is a link to {target}, which leads nowhere" : "is missing")}: {consequence}");
        else if (!ProgramSearch.IsFile(file))
            Fail($"its {called} is not a file: {consequence}");
        else if (!ProgramSearch.MayBeExecuted(file))
            Fail($"its {called} may not be executed (mode {Convert.ToString(file.Entry.Mode & 0xfff, 8).PadLeft(4, '0')}): {consequence}");
        else
            return file;
        return null;
    }

    private void Fail(string text) => _findings.Add(new(Verdict.Failure, text));
}
