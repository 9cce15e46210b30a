namespace Viaduct.Benchmarks.Peers;

/// <summary>A registry that contestants work against, as its clients see it.</summary>
internal interface IRegistry : IDisposable
{
    string Address { get; }

    /// <summary>Forgets everything.</summary>
    void Empty();

    /// <summary>The end of what was logged up to now.</summary>
    Task<long> MarkAsync();

    /// <summary>What was asked since.</summary>
    Task<Traffic> SinceAsync(long mark);
}
