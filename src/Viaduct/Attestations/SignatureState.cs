namespace Viaduct.Attestations;

/// <summary>What is known of the signature of a claim.</summary>
public enum SignatureState
{
    /// <summary>There is none.</summary>
    Unsigned,

    /// <summary>There is one, and no key to check it with, or it is of a kind that is not checked.</summary>
    NotChecked,

    /// <summary>It was made with the key.</summary>
    Valid,

    /// <summary>It was not made with the key: with another one, or of other bytes.</summary>
    NotByKey,
}
