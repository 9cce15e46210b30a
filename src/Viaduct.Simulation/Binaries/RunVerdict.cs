namespace Viaduct.Simulation;

/// <param name="Kind">What is the matter; null when all is well.</param>
/// <param name="Because">A clause that goes on after "it is an ARM binary:"; empty when all is well.</param>
public readonly record struct RunVerdict(Verdict Verdict, FindingKind? Kind, string Because)
{
    public static readonly RunVerdict Runs = new(Verdict.Ok, null, "");

    internal static RunVerdict Fails(FindingKind kind, string because) => new(Verdict.Failure, kind, because);

    internal static RunVerdict Warns(FindingKind kind, string because) => new(Verdict.Warning, kind, because);
}
