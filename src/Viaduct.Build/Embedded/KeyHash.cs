using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>A SHA-256 over values of which each is preceded by its length, so that no two lists of values have the same bytes.</summary>
public sealed class KeyHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public KeyHash Add(string? text)
    {
        // Null is not the same as nothing.
        Number(text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        if (text is not null) _hash.AppendData(Encoding.UTF8.GetBytes(text));
        return this;
    }

    public KeyHash Add(long number)
    {
        Number(8);
        Number(number);
        return this;
    }

    public KeyHash AddAll(IReadOnlyCollection<string> texts)
    {
        Add(texts.Count);
        foreach (var text in texts) Add(text);
        return this;
    }

    public Digest Finish() => Digest.FromSha256(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private void Number(long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        _hash.AppendData(bytes);
    }
}
