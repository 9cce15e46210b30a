namespace Viaduct.Simulation;

/// <summary>A tool that does not understand the platform it is asked for.</summary>
internal sealed class RefusingChooser(string error) : Chooser
{
    public override int RankOf(Candidate candidate) => -1;

    public override string WhyNot(Candidate candidate) => "the platform that is asked for is not understood";

    protected override bool Accepts(Candidate best) => false;

    public override Outcome Decide(Candidates list, string reference) => Outcome.Failed(error);
}
