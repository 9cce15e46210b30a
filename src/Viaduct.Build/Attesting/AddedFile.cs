namespace Viaduct.Build.Attesting;

/// <summary>A regular file that the Dockerfile added.</summary>
/// <param name="Path">From the image's root, without a leading slash.</param>
/// <param name="Sha1">In lower-case hexadecimal digits, as is <paramref name="Sha256"/>.</param>
internal sealed record AddedFile(string Path, string Sha1, string Sha256);
