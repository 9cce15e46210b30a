namespace Viaduct.Oci;

/// <summary>A blob on its way: written once, then sealed and read as a <see cref="Blob"/>.</summary>
public sealed class SpoolStream : Stream
{
    private readonly string _directory;
    private readonly int _memoryLimit;
    private readonly MemoryBudget _budget;
    private MemoryStream? _memory = new();
    private FileStream? _file;
    private string? _path;
    private long _length;
    private bool _sealed;

    internal SpoolStream(string directory, int memoryLimit, MemoryBudget budget)
    {
        _directory = directory;
        _memoryLimit = memoryLimit;
        _budget = budget;
    }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => !_sealed;
    public override long Length => _length;
    public override long Position { get => Length; set => throw new NotSupportedException(); }

    /// <summary>Ends the writing. The descriptor is what the writer computed while it wrote.</summary>
    /// <exception cref="ArgumentException">The descriptor's size is not what was written.</exception>
    public Blob Seal(Descriptor descriptor)
    {
        if (descriptor.Size != _length)
            throw new ArgumentException($"{_length} bytes were written, and the descriptor says {descriptor.Size}.", nameof(descriptor));
        _sealed = true;
        if (_memory is { } memory)
        {
            var slack = memory.Capacity - (int)memory.Length;
            memory.Capacity = (int)memory.Length;
            _budget.GiveBack(slack);
            ReadOnlyMemory<byte> bytes = memory.GetBuffer().AsMemory(0, (int)memory.Length);
            return new Blob(descriptor, _ => ValueTask.FromResult<Stream>(MemoryBytes.AsStream(bytes)));
        }
        _file!.Dispose();
        // The spool knows its streams to the end, and a closed file keeps its buffer.
        _file = null;
        var path = _path!;
        return new Blob(descriptor, _ => ValueTask.FromResult<Stream>(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan)));
    }

    public override void Write(ReadOnlySpan<byte> buffer) => Target(buffer.Length).Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        Target(buffer.Length).WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => _file?.Flush();

    internal void Delete()
    {
        _sealed = true;
        if (_memory is { } memory) _budget.GiveBack(memory.Capacity);
        _memory = null;
        try
        {
            _file?.Dispose();
            if (_path is not null) File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk or a folder that is gone already: the other blobs still have to be removed.
        }
    }

    private Stream Target(int more)
    {
        ObjectDisposedException.ThrowIf(_sealed, this);
        _length += more;
        if (_memory is null) return _file!;
        if (HasRoom(_memory, more)) return _memory;

        Directory.CreateDirectory(_directory);
        _path = Path.Combine(_directory, Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(_path, options);
        _memory.Position = 0;
        _memory.CopyTo(_file);
        _budget.GiveBack(_memory.Capacity);
        _memory = null;
        return _file;
    }

    private bool HasRoom(MemoryStream memory, int more)
    {
        var needed = memory.Length + more;
        if (needed > _memoryLimit) return false;
        if (needed <= memory.Capacity) return true;
        var capacity = (int)Math.Min(_memoryLimit, Math.Max(needed, 2L * memory.Capacity));
        if (!_budget.TryTake(capacity - memory.Capacity)) return false;
        memory.Capacity = capacity;
        return true;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
