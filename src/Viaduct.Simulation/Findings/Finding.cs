namespace Viaduct.Simulation;

/// <summary>One thing that was noticed about an image on a node.</summary>
/// <param name="Kind">What is the matter in general: code, remedy and page.</param>
/// <param name="Verdict">How grave it is here; <see cref="Verdict.Ok"/> is a note.</param>
/// <param name="Text">What is the matter in particular, as a whole sentence.</param>
public readonly record struct Finding(FindingKind Kind, Verdict Verdict, string Text);
