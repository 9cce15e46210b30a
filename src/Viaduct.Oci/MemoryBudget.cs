namespace Viaduct.Oci;

/// <summary>Bytes of memory that several may take from, and give back.</summary>
internal sealed class MemoryBudget(long total)
{
    private long _used;

    public long Used => Interlocked.Read(ref _used);

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= total) return true;
        GiveBack(bytes);
        return false;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _used, -bytes);
}
