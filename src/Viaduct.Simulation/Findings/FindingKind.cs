namespace Viaduct.Simulation;

/// <summary>What can be the matter with an image on a node.</summary>
/// <param name="Code"><c>VF</c> and three digits: 1 the list, 2 the config, 3 the program, 4 what could not be looked into. Its page is <c>docs/findings/CODE.md</c>.</param>
/// <param name="Name">The same for people, in kebab case.</param>
/// <param name="Severity">The gravest that it can be; <see cref="Verdict.Ok"/> is a note.</param>
/// <param name="Title">What is the matter, as a clause.</param>
/// <param name="Remedy">What to do, as a sentence.</param>
public sealed record FindingKind(string Code, string Name, Verdict Severity, string Title, string Remedy)
{
    public override string ToString() => Code;
}
