using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>A page of referrers.</summary>
/// <param name="IsFiltered">True when the registry says that it gives only those of the wanted type.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
/// <param name="Where">The request, for people.</param>
internal sealed record ReferrersPage(IReadOnlyList<Descriptor> Entries, bool IsFiltered, Uri? Next, string Where);
