namespace Viaduct.Simulation;

/// <summary>Whether a pod may use an image that is there.</summary>
/// <param name="Answer">Null where nobody knows.</param>
/// <param name="Error">Why that cannot even be asked: a secret that cannot be read.</param>
internal readonly record struct PresentAccess(bool? Answer, CredentialLookup Credentials, string? Error = null)
{
    public static implicit operator PresentAccess(bool answer) => new(answer, CredentialLookup.Nothing);
}
