namespace Viaduct.Server;

/// <summary>How often a rule of the played registry refused.</summary>
/// <param name="Rule">As in docs/rehearsal.md.</param>
public sealed record RefusalCount(string Rule, int Status, long Count);
