using Viaduct.Simulation;

namespace Viaduct.Attestations;

/// <summary>Something that was noticed about an image's attestations.</summary>
/// <param name="Code">A code of <c>docs/errors.md</c>.</param>
/// <param name="Text">A clause, without the end of a sentence.</param>
public sealed record ReviewFinding(string Code, Verdict Verdict, string Text);
