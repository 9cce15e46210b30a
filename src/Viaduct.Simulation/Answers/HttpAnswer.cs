namespace Viaduct.Simulation;

/// <summary>What a registry or token server says to one request.</summary>
public sealed record HttpAnswer(int Status)
{
    private static readonly Dictionary<int, string> Reasons = new()
    {
        [200] = "OK", [400] = "Bad Request", [401] = "Unauthorized", [402] = "Payment Required", [403] = "Forbidden", [404] = "Not Found",
        [405] = "Method Not Allowed", [406] = "Not Acceptable", [407] = "Proxy Authentication Required", [408] = "Request Timeout", [409] = "Conflict",
        [410] = "Gone", [412] = "Precondition Failed", [413] = "Request Entity Too Large", [415] = "Unsupported Media Type", [418] = "I'm a teapot",
        [421] = "Misdirected Request", [425] = "Too Early", [426] = "Upgrade Required", [429] = "Too Many Requests", [451] = "Unavailable For Legal Reasons",
        [500] = "Internal Server Error", [501] = "Not Implemented", [502] = "Bad Gateway", [503] = "Service Unavailable", [504] = "Gateway Timeout",
        [507] = "Insufficient Storage", [511] = "Network Authentication Required",
    };

    /// <summary>The words beside the number; null for the usual ones.</summary>
    public string? Reason { get; init; }

    /// <summary>The errors of a JSON body, in their order.</summary>
    public IReadOnlyList<RegistryError> Errors { get; init; } = [];

    /// <summary>A body that is not JSON and does not say that it is; null where there are errors, or nothing.</summary>
    public string? Body { get; init; }

    internal bool IsRefusal => Status >= 400;

    /// <summary>As Go's http.Response.Status has it: "403 Forbidden".</summary>
    internal string Line => $"{Status} {Reason ?? Reasons.GetValueOrDefault(Status, "")}".TrimEnd();
}
