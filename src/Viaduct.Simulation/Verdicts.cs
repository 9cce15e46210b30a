namespace Viaduct.Simulation;

public static class Verdicts
{
    /// <summary>The gravest of all: a failure is certain, so it outweighs what is not known.</summary>
    public static Verdict Worst(IEnumerable<Verdict> verdicts) => verdicts.DefaultIfEmpty(Verdict.Ok).MaxBy(Weight);

    /// <summary>The verdict as reports and JSON write it.</summary>
    public static string Word(this Verdict verdict) => verdict switch
    {
        Verdict.Ok => "ok",
        Verdict.Warning => "warning",
        Verdict.Failure => "failure",
        _ => "unknown",
    };

    private static int Weight(Verdict verdict) => verdict switch
    {
        Verdict.Failure => 3,
        Verdict.Unknown => 2,
        Verdict.Warning => 1,
        _ => 0,
    };
}
