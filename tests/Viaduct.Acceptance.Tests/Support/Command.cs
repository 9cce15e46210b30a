using System.Diagnostics;
using System.Text;

namespace Viaduct.Acceptance.Tests;

/// <summary>A process that has been started: to be waited for, signalled or killed.</summary>
internal sealed class Command : IDisposable
{
    // qemu on a busy machine takes its time; what takes longer than this hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly string _line;
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource<string> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<byte[]> _output;
    private readonly Task _errors;

    private Command(Process process, string line)
    {
        _process = process;
        _line = line;
        _output = ReadAsync(process.StandardOutput.BaseStream);
        _errors = ReadErrorsAsync(process.StandardError);
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What stood on standard error up to now.</summary>
    public string Error
    {
        get { lock (_error) return _error.ToString(); }
    }

    /// <summary>The first line of standard output, as soon as it is there.</summary>
    public async Task<string> FirstLineAsync()
    {
        try
        {
            return await _firstLine.Task.WaitAsync(Patience);
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"{_line}\nended without a word:\n{(await EndAsync()).Error}");
        }
    }

    /// <summary>Put before a command that will be interrupted: what a script starts in the background inherits that it ignores Ctrl-C.</summary>
    public static IReadOnlyList<string> Interruptible { get; } = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : [];

    public static Command Start(IReadOnlyList<string> words, string? folder = null, IReadOnlyDictionary<string, string?>? variables = null)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            WorkingDirectory = folder ?? "/tmp",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new Command(process, string.Join(' ', words));
    }

    public static Task<Outcome> RunAsync(params string[] words) => RunAsync(words, null, null);

    public static async Task<Outcome> RunAsync(IReadOnlyList<string> words, string? folder, IReadOnlyDictionary<string, string?>? variables)
    {
        using var command = Start(words, folder, variables);
        return await command.EndAsync();
    }

    /// <param name="longest">Of what compiles: more than is waited for anything else.</param>
    public async Task<Outcome> EndAsync(TimeSpan? longest = null)
    {
        using var patience = new CancellationTokenSource(longest ?? Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
            return new Outcome(_line, _process.ExitCode, await _output.WaitAsync(patience.Token), await ErrorsAsync(patience.Token));
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{_line}\nhas not ended within {longest ?? Patience}:\n{Error}");
        }
    }

    /// <summary>Waits until standard error holds something.</summary>
    public async Task SaysAsync(Func<string, bool> what)
    {
        var began = Stopwatch.StartNew();
        while (!what(Error))
        {
            if (HasEnded && !what(Error)) Assert.Fail($"{_line}\nended before it said what was waited for:\n{Error}");
            if (began.Elapsed > Patience) throw new TimeoutException($"{_line}\nhas not said it:\n{Error}");
            await Task.Delay(5);
        }
    }

    public void Signal(int number) => Assert.Equal(0, Native.Kill(Id, number));

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<byte[]> ReadAsync(Stream stream)
    {
        using var all = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            all.Write(buffer, 0, count);
            if (!_firstLine.Task.IsCompleted && all.GetBuffer().AsSpan(0, (int)all.Length).IndexOf((byte)'\n') is >= 0 and var end)
                _firstLine.TrySetResult(Encoding.UTF8.GetString(all.GetBuffer(), 0, end));
        }
        _firstLine.TrySetCanceled();
        return all.ToArray();
    }

    private async Task ReadErrorsAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and var count)
            lock (_error) _error.Append(buffer, 0, count);
    }

    private async Task<string> ErrorsAsync(CancellationToken cancellationToken)
    {
        await _errors.WaitAsync(cancellationToken);
        return Error;
    }
}
