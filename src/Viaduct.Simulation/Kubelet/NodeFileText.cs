namespace Viaduct.Simulation;

/// <summary>A file of a node.</summary>
/// <param name="Text">Its content, which may hold secrets; null where kubelet cannot read it.</param>
/// <param name="Where">Where the description says so.</param>
public sealed record NodeFileText(string? Text, string Where)
{
    public override string ToString() => Where;
}
