namespace Viaduct.Build.Dockerfiles;

/// <summary>The rules about a file as a whole: names of stages and the case of its instructions (BuildKit, dockerfile2llb/validations.go).</summary>
internal sealed class FileChecks(Violations violations)
{
    private static readonly string[] Reserved = ["context", "scratch"];

    public void Check(Dockerfile dockerfile)
    {
        CheckNames(dockerfile);
        CheckCasing([.. dockerfile.Stages.SelectMany(s => (Instruction[])[s.From, .. s.Instructions])]);
    }

    private void CheckNames(Dockerfile dockerfile)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var from in dockerfile.Stages.Select(s => s.From))
            if (from.StageName is { } name)
            {
                if (Reserved.Contains(name)) violations.Add(CheckRules.ReservedStageName, $"'{name}' means something else than a stage", from);
                if (!names.Add(name)) violations.Add(CheckRules.DuplicateStageName, $"another stage is named '{name}', too", from);
            }
    }

    /// <summary>The majority decides; ARGs before the first FROM have no say.</summary>
    private void CheckCasing(IReadOnlyList<Instruction> instructions)
    {
        var lower = instructions.Count(i => Casing.IsLower(NameOf(i)));
        var isLower = lower > instructions.Count(i => Casing.IsUpper(NameOf(i)));
        foreach (var instruction in instructions)
        {
            var name = NameOf(instruction);
            if (isLower ? !Casing.IsLower(name) : !Casing.IsUpper(name))
                violations.Add(CheckRules.ConsistentInstructionCasing, $"'{name}' is not in {(isLower ? "lower" : "upper")} case as most instructions are", instruction);
        }
    }

    private static string NameOf(Instruction instruction) => instruction.Written?.Name ?? instruction.Name;
}
