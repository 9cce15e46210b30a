namespace Viaduct.Oci.Compression;

/// <summary>Blocks ask for more memory than is given to a decoder.</summary>
internal sealed class XzMemoryException : Exception;
