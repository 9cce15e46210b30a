namespace Viaduct.Yaml;

/// <summary>A stream whose first bytes were read already.</summary>
internal sealed class HeadedStream(byte[] head, Stream rest) : ReadingStream
{
    private int _given;

    public override int Read(Span<byte> buffer)
    {
        if (_given == head.Length) return rest.Read(buffer);
        var count = Math.Min(buffer.Length, head.Length - _given);
        head.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }
}
