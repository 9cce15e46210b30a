using Viaduct.Oci.Layers;

namespace Viaduct.Build;

/// <summary>An entry of an archive that ADD unpacks; only files have a content.</summary>
internal sealed record ArchiveMember(TarEntry Entry, FileContent? Content);
