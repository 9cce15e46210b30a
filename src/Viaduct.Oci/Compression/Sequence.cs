namespace Viaduct.Oci.Compression;

/// <summary>Some literals and the match that follows them; a deflate block is a list of these and a tail of literals.</summary>
internal readonly record struct Sequence(int Literals, ushort Length, ushort Distance);
