namespace Viaduct.Simulation;

/// <summary>A login in a keyring.</summary>
/// <param name="Written">The key as its document has it.</param>
/// <param name="Credential">What is offered where it matches; its key is the effective one.</param>
internal sealed record KeyringEntry(string Written, OfferedCredential Credential)
{
    public bool HasToken { get; init; }

    public string Key => Credential.Key;
}
