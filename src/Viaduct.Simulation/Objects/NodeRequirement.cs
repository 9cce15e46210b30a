namespace Viaduct.Simulation;

/// <param name="Operator">In, NotIn, Exists, DoesNotExist, Gt, Lt, as written.</param>
public sealed record NodeRequirement(string Key, string Operator, IReadOnlyList<string> Values);
