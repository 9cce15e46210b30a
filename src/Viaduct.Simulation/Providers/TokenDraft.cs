namespace Viaduct.Simulation;

/// <summary>tokenAttributes as they are written.</summary>
internal sealed class TokenDraft
{
    public string Audience { get; set; } = "";
    public string CacheType { get; set; } = "";
    public bool? RequireServiceAccount { get; set; }
    public IReadOnlyList<string> Required { get; set; } = [];
    public IReadOnlyList<string> Optional { get; set; } = [];
}
