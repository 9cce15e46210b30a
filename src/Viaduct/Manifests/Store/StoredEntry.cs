namespace Viaduct.Manifests;

/// <summary>A file of a list's folder and what it holds. The order of the files' names, byte by byte, is the order of the list.</summary>
/// <param name="File">The file's name, without a folder.</param>
public sealed record StoredEntry(string File, StoredManifest Image);
