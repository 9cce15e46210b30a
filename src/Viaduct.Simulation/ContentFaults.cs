using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>Tells failures of content, which every runtime would meet too, from those of the way to it.</summary>
public static class ContentFaults
{
    /// <summary>
    /// What was named is not there, or is something else, or (VIA1xxx) came and cannot be used.
    /// All else (no connection, no permission) says nothing about the image.
    /// </summary>
    public static bool IsAboutContent(this ViaductException error) =>
        error.Kind is FailureKind.Absent or FailureKind.Mismatch || error.Code.StartsWith("VIA1", StringComparison.Ordinal);

    /// <summary>The failure as a clause, with the place that names the blob or manifest.</summary>
    public static string Told(this ViaductException error) => error.Where is null ? error.Message : $"{error.Where}: {error.Message}";
}
