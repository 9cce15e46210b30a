using System.Text;

namespace Viaduct.Simulation;

/// <summary>The first line of a script, as the kernel reads it (linux fs/binfmt_script.c, load_script).</summary>
internal static class ScriptReading
{
    /// <summary>BINPRM_BUF_SIZE: the kernel sees no more of a file than this.</summary>
    private const int Seen = 256;

    public static BinaryFormat Read(ReadOnlySpan<byte> head)
    {
        var seen = head[2..Math.Min(head.Length, Seen)];
        var end = seen.IndexOf((byte)'\n');
        var line = Trim(end >= 0 ? seen[..end] : seen);
        var script = new BinaryFormat { Kind = BinaryKind.Script, HasInterpreter = true };
        // A line that is cut within the interpreter's name would name another program.
        if (line.IsEmpty || (end < 0 && head.Length > Seen && line.IndexOfAny((byte)' ', (byte)'\t') < 0))
            return script with { Defect = "its first line names no interpreter" };
        var space = line.IndexOfAny((byte)' ', (byte)'\t');
        return script with
        {
            Interpreter = Text(space < 0 ? line : line[..space]),
            Argument = space < 0 ? null : Text(Trim(line[space..])),
        };
    }

    /// <summary>Only blanks and tabs count: a carriage return stays a part of the name, which is then not found.</summary>
    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line) => line.Trim(" \t"u8);

    private static string Text(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes.IndexOf((byte)0) is >= 0 and var end ? bytes[..end] : bytes);
}
