namespace Viaduct.Cli.Tests;

/// <summary>A terminal on which nobody types: who reads it is held until it is closed, or for ten seconds.</summary>
/// <param name="reading">Called when it is read.</param>
internal sealed class SilentInput(Action reading) : MemoryStream
{
    private readonly ManualResetEventSlim _end = new();

    public void End() => _end.Set();

    public override int Read(Span<byte> buffer)
    {
        reading();
        _end.Wait(TimeSpan.FromSeconds(10));
        return 0;
    }
}
