using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Viaduct.Benchmarks.Measuring;

/// <summary>Starts programs with an environment of their own, so that what the harness was started with changes nothing.</summary>
internal sealed unsafe class Spawner(IReadOnlyDictionary<string, string> environment, string folder)
{
    private const int InterruptedSystemCall = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // posix_spawn_file_actions_t is 80 bytes in glibc, and less in musl.
    private const int ActionsSize = 256;

    private readonly string _output = Path.Combine(folder, "output");
    private readonly string _pid = Path.Combine(folder, "pid");

    /// <summary>Wall and CPU time of a program. The memory in it is not the program's: see <see cref="RunForMemory"/>.</summary>
    public Usage Run(Command command)
    {
        var start = Stopwatch.GetTimestamp();
        var pid = Start(command.Words, _output);
        var usage = Wait(pid, command);
        return usage with { Wall = Stopwatch.GetElapsedTime(start) };
    }

    /// <summary>
    /// A program's peak memory. A started process is billed for the memory of whoever started it (Linux carries the mark over exec),
    /// which here is the .NET runtime; so a shell starts it, ends, and leaves it to us. It begins when the shell is gone: no shell reaps it then.
    /// </summary>
    public Usage RunForMemory(Command command)
    {
        _ = Native.prctl(Native.ChildSubreaper, 1, 0, 0, 0);
        var shell = Start(["/bin/sh", "-c", "(while kill -0 $$; do :; done 2>/dev/null; exec \"$@\") & echo $! >\"$0\"", _pid, .. command.Words], _output);
        Wait(shell, command);
        return Wait(int.Parse(File.ReadAllText(_pid).Trim()), command);
    }

    /// <summary>What the last program wrote.</summary>
    public string LastOutput => File.ReadAllText(_output).Trim();

    /// <summary>Starts a program and leaves it running; both of its streams go to the file.</summary>
    public int Start(IReadOnlyList<string> words, string output)
    {
        var actions = stackalloc byte[ActionsSize];
        var arguments = Strings(words);
        var variables = Strings(environment.Select(v => $"{v.Key}={v.Value}"));
        try
        {
            Check(Native.posix_spawn_file_actions_init(actions), words);
            Check(Native.posix_spawn_file_actions_addopen(actions, 0, "/dev/null", 0, 0), words);
            Check(Native.posix_spawn_file_actions_addopen(actions, 1, output, Native.WriteCreateTruncate, 0x1A4), words);
            Check(Native.posix_spawn_file_actions_adddup2(actions, 1, 2), words);
            Check(Native.posix_spawnp(out var pid, words[0], actions, null, arguments, variables), words);
            return pid;
        }
        finally
        {
            _ = Native.posix_spawn_file_actions_destroy(actions);
            Free(arguments);
            Free(variables);
        }
    }

    /// <summary>Ends a program that was left running.</summary>
    public static void Stop(int pid)
    {
        _ = Native.kill(pid, Native.SigTerm);
        using var impatient = new Timer(_ => Native.kill(pid, Native.SigKill), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        while (Native.wait4(pid, out _, 0, out _) < 0 && Marshal.GetLastPInvokeError() == InterruptedSystemCall) { }
    }

    private Usage Wait(int pid, Command command)
    {
        using var impatient = new Timer(_ => Native.kill(pid, Native.SigKill), null, Patience, Timeout.InfiniteTimeSpan);
        int waited, status;
        Native.ResourceUsage usage;
        do waited = Native.wait4(pid, out status, 0, out usage);
        while (waited < 0 && Marshal.GetLastPInvokeError() == InterruptedSystemCall);
        if (waited < 0) throw new Win32Exception();
        if (status != 0) throw new BenchmarkException($"{command} ended with wait status {status}:\n{LastOutput}");
        return new Usage(
            TimeSpan.Zero,
            TimeSpan.FromSeconds(usage.UserSeconds + usage.SystemSeconds) + TimeSpan.FromMicroseconds(usage.UserMicroseconds + usage.SystemMicroseconds),
            usage.PeakKibibytes << 10);
    }

    private static void Check(int error, IReadOnlyList<string> words)
    {
        if (error != 0) throw new BenchmarkException($"{words[0]} cannot be started: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private static byte** Strings(IEnumerable<string> texts)
    {
        var list = texts.ToList();
        var array = (byte**)NativeMemory.AllocZeroed((nuint)(list.Count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < list.Count; i++) array[i] = (byte*)Marshal.StringToCoTaskMemUTF8(list[i]);
        return array;
    }

    private static void Free(byte** array)
    {
        for (var i = 0; array[i] is not null; i++) Marshal.FreeCoTaskMem((nint)array[i]);
        NativeMemory.Free(array);
    }
}
