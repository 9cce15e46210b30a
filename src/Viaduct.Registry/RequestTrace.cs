namespace Viaduct.Registry;

/// <summary>One HTTP request as it went over the wire; redirects, token requests and repeated tries each have their own.</summary>
/// <param name="Path">Without the query, which may carry signatures.</param>
/// <param name="Status">0 when no answer came.</param>
/// <param name="Duration">From the start until the answer's body was read or given up.</param>
/// <param name="Bytes">Body bytes, sent and received.</param>
public sealed record RequestTrace(string Method, string Path, int Status, TimeSpan Duration, long Bytes);
