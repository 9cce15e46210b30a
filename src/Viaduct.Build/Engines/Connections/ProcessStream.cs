using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Viaduct.Build.Engines.Connections;

/// <summary>A connection that is the standard input and output of a process, which ends with it.</summary>
internal sealed class ProcessStream : Stream
{
    private const int MostWords = 4096;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly string _name;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Task<string> _said;
    private int _closed;

    private ProcessStream(Process process, string name)
    {
        (_process, _name) = (process, name);
        (_input, _output) = (process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
        _said = LastWordsAsync(process.StandardError);
    }

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="IOException">It cannot be started.</exception>
    public static ProcessStream Start(string program, IReadOnlyList<string> words)
    {
        try
        {
            return new ProcessStream(
                Process.Start(new ProcessStartInfo(program, words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!, Path.GetFileNameWithoutExtension(program));
        }
        catch (Win32Exception e)
        {
            throw new IOException($"{program} cannot be started: {e.Message}", e);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _output.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        // Nobody asks for nothing at the end: reads of no bytes wait for some.
        if (count == 0 && buffer.Length > 0 && await EndAsync(cancellationToken).ConfigureAwait(false) is { } end) throw end;
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await _input.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            await _input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            if (await EndAsync(cancellationToken).ConfigureAwait(false) is { } end) throw end;
            throw;
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => _input.FlushAsync(cancellationToken);
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override int Read(byte[] buffer, int offset, int count) => _output.Read(buffer, offset, count);
    public override void Write(byte[] buffer, int offset, int count) => _input.Write(buffer, offset, count);
    public override void Flush() => _input.Flush();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _closed, 1) == 0) Stop();
        base.Dispose(disposing);
    }

    /// <summary>Killed, so that no read waits on: one of a pipe is not to be cancelled.</summary>
    private void Stop()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            _input.Dispose();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException or IOException)
        {
            // It has ended by itself.
        }
        _output.Dispose();
        _process.Dispose();
    }

    /// <returns>Null when it has ended well, or nobody knows.</returns>
    private async Task<IOException?> EndAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            if (_process.ExitCode == 0) return null;
            var words = await _said.WaitAsync(patience.Token).ConfigureAwait(false);
            return new IOException($"{_name} ended with {_process.ExitCode.ToString(CultureInfo.InvariantCulture)}{(words.Length > 0 ? $": {words}" : " and said nothing")}");
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What went wrong is said last, after banners.</summary>
    private static async Task<string> LastWordsAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        try
        {
            while (await reader.ReadAsync(buffer.AsMemory()).ConfigureAwait(false) is > 0 and var count)
            {
                text.Append(buffer, 0, count);
                if (text.Length > MostWords) text.Remove(0, text.Length - MostWords);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // What came before it was closed.
        }
        reader.Dispose();
        var said = EngineErrors.Line(text.ToString());
        return said.Length <= EngineErrors.MostWords ? said : "…" + said[^EngineErrors.MostWords..];
    }
}
