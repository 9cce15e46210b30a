namespace Viaduct.Oci.Layers;

/// <param name="Seen">What an observer made of a file; null for nothing.</param>
/// <param name="Weight">About how many bytes of memory that keeps.</param>
public readonly record struct Sighting(object? Seen, int Weight);
