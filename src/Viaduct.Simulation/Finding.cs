namespace Viaduct.Simulation;

/// <summary>One thing that was noticed, as the end of a sentence or as a whole one.</summary>
internal readonly record struct Finding(Verdict Verdict, string Text);
