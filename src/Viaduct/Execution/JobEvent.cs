namespace Viaduct.Execution;

/// <summary>Something that has been done, for whoever watches: <c>prepared</c>, <c>built</c>, <c>failed</c>, <c>pushed</c>, <c>listed</c>, <c>tagged</c>, <c>signed</c>.</summary>
/// <param name="Subject">What it was done to: <c>pause linux/arm64</c>, or a reference.</param>
/// <param name="Detail">A digest, a verdict, a size.</param>
public sealed record JobEvent(string Verb, string Subject, string Detail)
{
    /// <summary>Something that is being done now (<c>building</c>): of interest until the next event.</summary>
    public bool IsPassing { get; init; }
}
