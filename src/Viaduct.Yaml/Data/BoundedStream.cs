namespace Viaduct.Yaml;

/// <summary>Pipes and devices have no length, and some have no end.</summary>
internal sealed class BoundedStream(Stream inner, int max, string shownAs) : ReadingStream
{
    private int _count;

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer[..Math.Min(buffer.Length, 1 << 20)]);
        _count += count;
        return _count > max ? throw YamlErrors.TooMuch(shownAs, $"more than {max >> 20} MiB") : count;
    }
}
