using Viaduct.Oci;

namespace Viaduct.Planning;

/// <summary>One image for one platform.</summary>
public readonly record struct ChildId(string Image, Platform Platform)
{
    public override string ToString() => $"{Image} {Platform}";
}
