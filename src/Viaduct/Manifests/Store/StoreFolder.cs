using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>Reads the folder of a list, or says which of its files is none of docker's.</summary>
internal static class StoreFolder
{
    /// <summary>More than any list of 4 MiB has entries that a registry takes.</summary>
    private const int MostFiles = 4096;

    private const int Tries = 5;

    /// <returns>The images, and what is wrong with each of the other files (VIA5130, VIA5131). Null when there is no such folder.</returns>
    /// <exception cref="ViaductException">VIA5131, VIA5138.</exception>
    public static async Task<(IReadOnlyList<StoredEntry> Entries, IReadOnlyList<ViaductException> Unreadable)?> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            if (Names(folder) is not { } names) return null;
            var before = Stamp(folder, names);
            var read = await ReadFilesAsync(folder, names, cancellationToken).ConfigureAwait(false);
            // Somebody who writes takes no lock from those who only read.
            if (read is not null && (tries == Tries || Stamp(folder, Names(folder) ?? []).SequenceEqual(before))) return read;
            if (tries == Tries) throw StoreErrors.Refused(folder, new IOException("its files change all the time"));
        }
    }

    /// <summary>When a file of the folder, or the folder itself, was last written.</summary>
    public static DateTimeOffset Changed(string folder) =>
        (Names(folder) ?? []).Select(n => File.GetLastWriteTimeUtc(Path.Combine(folder, n))).DefaultIfEmpty(Directory.GetLastWriteTimeUtc(folder)).Max();

    /// <returns>Null when there is no such file.</returns>
    public static async Task<byte[]?> ReadFileAsync(string path, int most, Func<string, Exception> error, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                if (file.Length > most) throw error($"it has more than {most} bytes");
                var bytes = new byte[file.Length];
                var read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                return read == bytes.Length ? bytes : bytes[..read];
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            throw error("it is a folder");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Refused(path, e);
        }
    }

    /// <summary>Null when one of them is gone by now.</summary>
    private static async Task<(IReadOnlyList<StoredEntry>, IReadOnlyList<ViaductException>)?> ReadFilesAsync(string folder, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var entries = new List<StoredEntry>(names.Count);
        var unreadable = new List<ViaductException>();
        foreach (var name in names)
        {
            try
            {
                if (await ReadImageAsync(Path.Combine(folder, name), cancellationToken).ConfigureAwait(false) is not { } image) return null;
                entries.Add(new StoredEntry(name, image));
            }
            catch (ViaductException e)
            {
                unreadable.Add(e);
            }
        }
        return (entries, unreadable);
    }

    private static async Task<StoredManifest?> ReadImageAsync(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path)) throw StoreErrors.Folder(path);
        if (await ReadFileAsync(path, StoreFile.MaxBytes, why => StoreErrors.NotAnImage(path, why), cancellationToken).ConfigureAwait(false) is { } bytes) return StoreFile.Read(bytes, path);
        // Emacs marks a file that it has open with such a link.
        return new FileInfo(path).LinkTarget is null ? null : throw StoreErrors.NotAnImage(path, "it is a link to nothing");
    }

    /// <summary>In Go's order of names. Null when there is no folder.</summary>
    private static string[]? Names(string folder)
    {
        try
        {
            var names = new DirectoryInfo(folder).EnumerateFileSystemInfos().Take(MostFiles + 1).Select(i => i.Name).Order(ByteOrder.Instance).ToArray();
            return names.Length > MostFiles ? throw StoreErrors.TooMany(folder, MostFiles) : names;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Refused(folder, e);
        }
    }

    private static List<(string, DateTime)> Stamp(string folder, IReadOnlyList<string> names) =>
        [.. names.Select(n => (n, File.GetLastWriteTimeUtc(Path.Combine(folder, n))))];
}
