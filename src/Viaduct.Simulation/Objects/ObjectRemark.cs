namespace Viaduct.Simulation;

/// <summary>Something about the input that a person should know: what was left out, cannot be, or would be refused by the API server.</summary>
/// <param name="Where"><c>file:line:column</c>.</param>
public sealed record ObjectRemark(Verdict Verdict, string Where, string Text);
