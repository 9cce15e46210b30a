namespace Viaduct.Build.Dockerfiles;

/// <summary>The rules about how single instructions are written (BuildKit, instructions/parse.go, ParseInstructionWithLinter).</summary>
internal sealed class WritingChecks(Violations violations)
{
    public void Check(Instruction instruction)
    {
        if (instruction.Written is not { } written) return;
        if (written.EmptyContinuation is > 0 and var line)
            violations.Add(CheckRules.NoEmptyContinuation, "an instruction goes on after an empty line", instruction.Position with { Line = line, Column = 1 }, new LineRange(line, line));
        if (instruction.Name == "MAINTAINER") violations.Add(CheckRules.MaintainerDeprecated, "MAINTAINER is deprecated", instruction);
        if (instruction is FromInstruction { Naming: { } naming } from) CheckNaming(from, naming, written);
        if (instruction is FromInstruction { StageName: { } stage }) CheckComment(instruction, [stage], written);
        if (instruction is ArgInstruction arg) CheckComment(instruction, [.. arg.Args.Select(a => a.Name)], written);
    }

    private void CheckNaming(FromInstruction from, (string As, string Name) naming, Written written)
    {
        if (naming.Name != naming.Name.ToLowerInvariant())
            violations.Add(CheckRules.StageNameCasing, $"the stage's name '{naming.Name}' has upper-case letters", from);
        var isLower = Casing.IsLower(written.Name);
        if ((isLower || Casing.IsUpper(written.Name)) && (isLower ? !Casing.IsLower(naming.As) : !Casing.IsUpper(naming.As)))
            violations.Add(CheckRules.FromAsCasing, $"'{naming.As}' is not in the case of '{written.Name}'", from);
    }

    /// <summary>A comment right before ARG and FROM is shown as its description by <c>--call=outline</c>.</summary>
    private void CheckComment(Instruction instruction, IReadOnlyList<string> names, Written written)
    {
        if (written.Comments.Count > 0 && !names.Contains(written.Comments[^1].Split(' ')[0]))
            violations.Add(CheckRules.InvalidDefinitionDescription, $"the comment before {instruction.Name} does not begin with '{names[0]}'", instruction);
    }
}
