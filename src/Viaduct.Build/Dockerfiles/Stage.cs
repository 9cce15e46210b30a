namespace Viaduct.Build.Dockerfiles;

/// <summary>A FROM and what follows it.</summary>
internal sealed record Stage(int Index, FromInstruction From, IReadOnlyList<Instruction> Instructions)
{
    /// <summary>Its name, else its number; for messages and for <c>--from</c>.</summary>
    public string Title => From.StageName ?? Index.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
