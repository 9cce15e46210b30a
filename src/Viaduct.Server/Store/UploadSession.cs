using System.Security.Cryptography;

namespace Viaduct.Server;

/// <summary>
/// What is remembered of a running upload. All of it can be had again from the upload's file, so that a restart loses nothing.
/// </summary>
internal sealed class UploadSession(long now) : IDisposable
{
    /// <summary>One request at a time writes to an upload.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public long LastUsed { get; set; } = now;

    /// <summary>The hash of the file's first <see cref="Hashed"/> bytes; null when it has to be read again.</summary>
    public IncrementalHash? Hash { get; private set; }

    public long Hashed { get; private set; }

    /// <summary>Makes the hash continue at a place, if it can: at the start, or where it stands.</summary>
    public void Continue(long offset, HashAlgorithmName algorithm)
    {
        if (offset == 0 && (Hash is null || Hashed != 0 || Hash.AlgorithmName != algorithm))
        {
            Forget();
            Hash = IncrementalHash.CreateHash(algorithm);
        }
        else if (Hashed != offset)
        {
            Forget();
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Hash is null) return;
        Hash.AppendData(bytes);
        Hashed += bytes.Length;
    }

    public void Forget()
    {
        Hash?.Dispose();
        Hash = null;
        Hashed = 0;
    }

    public void Dispose() => Forget();
}
