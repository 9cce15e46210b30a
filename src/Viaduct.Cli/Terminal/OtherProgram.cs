using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Viaduct.Cli.Terminal;

/// <summary>Gives this process to another program.</summary>
internal static partial class OtherProgram
{
    private const int BrokenPipe = 13;

    /// <summary>
    /// Where there is execv, the other program takes this process: its terminal, its signals and its exit code are its own. Elsewhere it is waited for.
    /// </summary>
    /// <param name="words">Those that this process was called with; only the first may be another.</param>
    /// <returns>Its exit code; nothing returns where it has taken the process.</returns>
    /// <exception cref="IOException">It cannot be started.</exception>
    public static async Task<int> BecomeAsync(string file, IReadOnlyList<string> words, (string Name, string Value) variable)
    {
        if (!OperatingSystem.IsWindows())
        {
            // .NET ignores SIGPIPE, and what is ignored stays so in the next program.
            _ = Signal(BrokenPipe, 0);
            // The system's own variables are kept, with all that .NET cannot read of them.
            _ = SetVariable(variable.Name, variable.Value, 1);
            _ = Execute(file, [.. Exact(words).Select(Native), 0]);
            throw new IOException($"{file} cannot be started: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
        var start = new ProcessStartInfo(file, words.Skip(1)) { UseShellExecute = false };
        start.Environment[variable.Name] = variable.Value;
        using var process = Process.Start(start) ?? throw new IOException($"{file} cannot be started");
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode;
    }

    private static IEnumerable<byte[]> Exact(IReadOnlyList<string> words)
    {
        var raw = RawWords.OfProcess();
        return words.Select((word, i) => i > 0 && raw.Count == words.Count ? raw[i] : Encoding.UTF8.GetBytes(word));
    }

    /// <summary>Never freed: the next program has the memory, or this one ends.</summary>
    private static nint Native(byte[] word)
    {
        var memory = Marshal.AllocHGlobal(word.Length + 1);
        Marshal.Copy(word, 0, memory, word.Length);
        Marshal.WriteByte(memory, word.Length, 0);
        return memory;
    }

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Execute(string file, nint[] words);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);
}
