using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>The folder of a store, owned by this process from <see cref="Open"/> to <see cref="Dispose"/>.</summary>
internal sealed class StoreFolder : IDisposable
{
    internal const int IdLength = 32;

    /// <summary>Files that carry a change to its place begin with this; after a crash they mean nothing.</summary>
    private const string TemporaryPrefix = "t-";

    private static readonly TimeSpan UploadLife = TimeSpan.FromHours(24);

    private readonly SafeFileHandle _lock;

    private StoreFolder(StorePaths paths, SafeFileHandle storeLock, string id, EmbeddedRegistryOptions options)
    {
        Paths = paths;
        _lock = storeLock;
        Id = id;
        Writer = new StoreWriter(paths.Root, options);
    }

    public StorePaths Paths { get; }

    public string Id { get; }

    public StoreWriter Writer { get; }

    public static StoreFolder Open(EmbeddedRegistryOptions options)
    {
        var paths = new StorePaths(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Store)));
        SafeFileHandle? owned = null;
        try
        {
            foreach (var directory in (ReadOnlySpan<string>)[paths.Root, paths.Blobs, paths.Repositories, paths.Uploads])
                if (!Directory.Exists(directory)) PrivateDirectory.Create(directory);
            owned = Own(paths);
            var id = ReadId(paths.Root) ?? Begin(paths, options.Flush);
            RemoveLeftovers(paths, options.Clock);
            return new StoreFolder(paths, owned, id, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            owned?.Dispose();
            throw ServerErrors.StoreUnusable(paths.Root, e.Message, e);
        }
    }

    public static string? ReadId(string store)
    {
        try
        {
            using var file = File.OpenHandle(new StorePaths(store).Id);
            Span<byte> bytes = stackalloc byte[IdLength + 1];
            var read = RandomAccess.Read(file, bytes, 0);
            var id = System.Text.Encoding.ASCII.GetString(bytes[..read]).TrimEnd('\n');
            return id.Length == IdLength && id.All(char.IsAsciiHexDigitLower) ? id : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A file in the store's file system that nobody else knows, to be moved into place.</summary>
    public (string Path, SafeFileHandle File) WriteTemporary(ReadOnlySpan<byte> bytes)
    {
        var path = Path.Join(Paths.Uploads, TemporaryPrefix + NewId());
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        try
        {
            RandomAccess.Write(file, bytes, 0);
            return (path, file);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    public static string NewId() => RandomNumberGenerator.GetHexString(IdLength, lowercase: true);

    public void Dispose()
    {
        Writer.Dispose();
        _lock.Dispose();
    }

    private static SafeFileHandle Own(StorePaths paths)
    {
        try
        {
            // FileShare.None is an exclusive flock on Unix; it ends with the process, however that ends.
            return File.OpenHandle(paths.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeldByAnother(e))
        {
            throw ServerErrors.StoreInUse(paths.Root, e);
        }
    }

    // ERROR_SHARING_VIOLATION; EWOULDBLOCK of Linux and macOS.
    private static bool IsHeldByAnother(IOException e) =>
        OperatingSystem.IsWindows() ? e.HResult == unchecked((int)0x80070020) : e.HResult is 11 or 35;

    private static string Begin(StorePaths paths, bool flush)
    {
        var id = NewId();
        var temporary = Path.Join(paths.Uploads, TemporaryPrefix + id);
        File.WriteAllText(temporary, id + "\n");
        File.Move(temporary, paths.Id, overwrite: true);
        if (flush)
        {
            DirectorySync.Flush(paths.Root);
            if (Path.GetDirectoryName(paths.Root) is { } parent) DirectorySync.Flush(parent);
        }
        return id;
    }

    /// <summary>True for an upload that nothing was written to for a day.</summary>
    internal static bool IsStale(FileInfo file, TimeProvider clock) =>
        file.Exists && !IsTemporary(file) && file.LastWriteTimeUtc < clock.GetUtcNow() - UploadLife;

    private static bool IsTemporary(FileInfo file) => file.Name.StartsWith(TemporaryPrefix, StringComparison.Ordinal);

    private static void RemoveLeftovers(StorePaths paths, TimeProvider clock)
    {
        foreach (var file in new DirectoryInfo(paths.Uploads).EnumerateFiles())
            if (IsTemporary(file) || IsStale(file, clock))
                file.Delete();
    }
}
