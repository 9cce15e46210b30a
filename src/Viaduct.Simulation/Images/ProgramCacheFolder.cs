using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// Keeps what was found in images in a folder, a small file a key, for instance in <c>$XDG_CACHE_HOME/viaduct/programs</c>.
/// Several processes may share it. When there are too many of these files, the oldest of them go; any others are left alone.
/// </summary>
/// <param name="folder">Is made when something is kept.</param>
/// <param name="maxFiles">How many files are kept, about.</param>
public sealed class ProgramCacheFolder(string folder, int maxFiles = 10_000) : IProgramCache
{
    private const string Extension = ".program";

    /// <summary>What is known of one image is a few hundred bytes; hostile names can make more of it.</summary>
    private const int MaxBytes = 256 << 10;

    /// <summary>A line of 64 hexadecimal digits before the rest, so that a disk's fault is not taken for a finding.</summary>
    private const int CheckLength = 65;

    private const int KeyLength = 64;

    /// <summary>Path.GetRandomFileName gives eight letters, a point and three.</summary>
    private static readonly int TemporaryLength = AtomicFile.TemporaryPrefix.Length + 12;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private int _kept;

    /// <inheritdoc/>
    public async Task<byte[]?> FindAsync(Digest key, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using (file.ConfigureAwait(false))
            {
                if (file.Length is < CheckLength or > MaxBytes + CheckLength) return null;
                var bytes = new byte[file.Length];
                await file.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
                return bytes.AsSpan(0, CheckLength).SequenceEqual(CheckOf(bytes.AsSpan(CheckLength))) ? bytes[CheckLength..] : null;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task KeepAsync(Digest key, ReadOnlyMemory<byte> found, CancellationToken cancellationToken)
    {
        if (found.Length > MaxBytes) return;
        try
        {
            Directory.CreateDirectory(folder);
            byte[] bytes = [.. CheckOf(found.Span), .. found.Span];
            await AtomicFile.WriteAsync(PathOf(key), bytes, cancellationToken).ConfigureAwait(false);
            // To count a folder costs more than to keep a file.
            if (Interlocked.Increment(ref _kept) % 64 == 1) Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that cannot be written is no reason to fail.
        }
    }

    /// <summary>Temporary files that a killed process left behind age like all others.</summary>
    private void Trim()
    {
        var files = new DirectoryInfo(folder).GetFiles().Where(f => IsOwn(f.Name)).ToList();
        if (files.Count <= maxFiles) return;
        foreach (var file in files.OrderBy(f => f.LastWriteTimeUtc).Take(files.Count - (maxFiles * 3 / 4))) file.Delete();
    }

    /// <summary>The folder is the caller's, who may have named one with other files in it.</summary>
    private static bool IsOwn(string name) =>
        (name.EndsWith(Extension, StringComparison.Ordinal) && name.Length == KeyLength + Extension.Length && !name.AsSpan(0, KeyLength).ContainsAnyExcept(HexDigits))
        || (name.StartsWith(AtomicFile.TemporaryPrefix, StringComparison.Ordinal) && name.Length == TemporaryLength);

    private string PathOf(Digest key) => Path.Combine(folder, key.Hex + Extension);

    private static byte[] CheckOf(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(bytes)) + "\n");
}
