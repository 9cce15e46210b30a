using Viaduct.Oci;

namespace Viaduct.Lists;

/// <summary>One image to take into a list.</summary>
/// <param name="Platform">The platform it is declared for; null when its config is to say.</param>
public sealed record ChildRequest(Reference Name, Platform? Platform = null);
