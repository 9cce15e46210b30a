namespace Viaduct.Registry;

/// <summary>What a registry wants its users to read (distribution-spec, "Warnings"); nothing is ever done because of it.</summary>
/// <param name="Registry">As it stands in a reference.</param>
/// <param name="Text">One line of printable text, cleaned and shortened.</param>
public sealed record RegistryWarning(string Registry, string Text);
