using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Lists;

/// <summary>A child that was found: its image, where it is read from, and the attestations that belong to it.</summary>
internal sealed record ListChild(Reference Name, RepositoryClient Source, RawManifest Image, Platform Platform, IReadOnlyList<(Descriptor Entry, RawManifest Manifest)> Attestations);
