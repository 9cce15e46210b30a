namespace Viaduct.Oci.Layouts;

/// <summary>An image or list in an archive, and the names that it has there: whole ones in docker's archives, often only tags in others.</summary>
public sealed record ArchivedImage(RawManifest Manifest, IReadOnlyList<string> Names);
