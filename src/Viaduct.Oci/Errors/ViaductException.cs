namespace Viaduct.Oci;

/// <summary>
/// A failure that a user can read: a code (<c>VIA2103</c>), what went wrong, where, and what to do next.
/// Each room makes its own in one <c>…Errors</c> class; every code stands in <c>docs/errors.md</c>.
/// </summary>
/// <remarks>
/// Codes: 1xxx values and formats, 2xxx configuration and build, 3xxx registry client, 4xxx embedded registry,
/// 5xxx plan and assembly, 6xxx verification and simulation, 9xxx command line.
/// No credential and no URL query ever goes into a message.
/// </remarks>
public class ViaductException : Exception
{
    public ViaductException(
        string code, string what, string? where = null, string? todo = null,
        ExitCode exit = ExitCode.Failed, Exception? inner = null)
        : base(what, inner)
    {
        Code = code;
        Where = where;
        Todo = todo;
        Exit = exit;
    }

    public string Code { get; }

    /// <summary>A file with line and column (<c>images/pause/Dockerfile:3:1</c>), a reference, or an address.</summary>
    public string? Where { get; }

    /// <summary>What the user can do next, as a sentence.</summary>
    public string? Todo { get; }

    public ExitCode Exit { get; }

    /// <summary>What a caller may go on differently for.</summary>
    public FailureKind Kind { get; init; }

    /// <summary>The same failure, with others that came beside it named behind it.</summary>
    public ViaductException And(IReadOnlyCollection<string> others) => others.Count == 0 ? this
        : new ViaductException(Code, $"{Message}\n  {others.Count} more failed: {string.Join("; ", others)}", Where, Todo, Exit, this) { Kind = Kind };

    /// <summary>The whole message: <c>VIA2103: where: what</c>, and the advice on a line of its own.</summary>
    public string Render() =>
        $"{Code}: {(Where is null ? "" : Where + ": ")}{Message}{(Todo is null ? "" : "\n  " + Todo)}";
}
