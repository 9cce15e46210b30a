namespace Viaduct.Attestations;

/// <summary>The words of reports and JSON.</summary>
public static class ClaimWords
{
    public static string Word(this ClaimKind kind) => kind switch
    {
        ClaimKind.Provenance => "provenance",
        ClaimKind.Sbom => "sbom",
        ClaimKind.Signature => "signature",
        _ => "other",
    };

    public static string Word(this ClaimPlace place) => place switch
    {
        ClaimPlace.List => "list",
        ClaimPlace.Referrer => "referrer",
        _ => "tag",
    };

    public static string Word(this SignatureState state) => state switch
    {
        SignatureState.Unsigned => "unsigned",
        SignatureState.NotChecked => "not-checked",
        SignatureState.Valid => "valid",
        _ => "not-by-key",
    };
}
