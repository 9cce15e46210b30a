namespace Viaduct.Server;

/// <summary>One answered request.</summary>
/// <param name="Path">The path, and of the query the parameters that the distribution-spec knows.</param>
/// <param name="Status">The answer's status; 499 when the client went away before it.</param>
/// <param name="ResponseBytes">The length of the answer's body.</param>
public sealed record RegistryRequest(string Method, string Path, int Status, long ResponseBytes, TimeSpan Duration)
{
    /// <summary>Why the answer is a 5xx; not told to the client.</summary>
    public string? Problem { get; init; }
}
