namespace Viaduct.Build;

internal enum GlobKind
{
    /// <summary>One given character.</summary>
    Literal,
    /// <summary><c>?</c>: one character that is no slash.</summary>
    One,
    /// <summary><c>*</c>: any number of characters that are no slash.</summary>
    Some,
    /// <summary><c>[a-z]</c>, <c>[^a-z]</c>.</summary>
    Class,
    /// <summary><c>**</c> at the end: anything.</summary>
    Anything,
    /// <summary><c>**/</c>: nothing, or anything that ends in a slash.</summary>
    Folders,
}

/// <summary>One element of a pattern.</summary>
internal readonly record struct GlobToken(GlobKind Kind, char Character = '\0', bool Negated = false, IReadOnlyList<(char From, char To)>? Ranges = null)
{
    /// <summary>Whether a token that takes exactly one character takes this one. A class may take a slash, as in Go.</summary>
    public bool Takes(char c)
    {
        switch (Kind)
        {
            case GlobKind.Literal: return c == Character;
            case GlobKind.One: return c != '/';
            case GlobKind.Class:
                foreach (var (from, to) in Ranges!)
                    if (c >= from && c <= to) return !Negated;
                return Negated;
            default: return false;
        }
    }
}
