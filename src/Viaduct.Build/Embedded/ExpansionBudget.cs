using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build;

/// <summary>How much text all words of one Dockerfile may become: a mebibyte of lines that each repeat a long variable would fill the memory.</summary>
internal sealed class ExpansionBudget
{
    private const long Limit = 64 << 20;
    private long _spent;

    public Expansion Spend(Expansion expansion) =>
        (_spent += expansion.Text.Length) <= Limit ? expansion : throw new ShellSyntaxException($"all words together have more than {Limit} characters");
}
