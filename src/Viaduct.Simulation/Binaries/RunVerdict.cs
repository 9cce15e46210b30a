namespace Viaduct.Simulation;

/// <param name="Because">A clause that goes on after "it is an ARM binary:"; empty when all is well.</param>
public readonly record struct RunVerdict(Verdict Verdict, string Because)
{
    public static readonly RunVerdict Runs = new(Verdict.Ok, "");
}
