using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>Tells failures of content, which every runtime would meet too, from those of the way to it.</summary>
public static class ContentFaults
{
    /// <summary>
    /// VIA1xxx: the bytes came and are wrong. VIA3012: what was named is not there; VIA3030: the registry offers something else.
    /// All else (no connection, no permission) says nothing about the image.
    /// </summary>
    public static bool IsAboutContent(this ViaductException error) =>
        error.Code.StartsWith("VIA1", StringComparison.Ordinal) || error.Code is "VIA3030" || error.IsAboutMissing();

    /// <summary>True when content that something names is not there: in a registry (VIA3012) or a layout (VIA1032).</summary>
    public static bool IsAboutMissing(this ViaductException error) => error.Code is "VIA3012" or "VIA1032";

    /// <summary>The failure as a clause, with the place that names the blob or manifest.</summary>
    public static string Told(this ViaductException error) => error.Where is null ? error.Message : $"{error.Where}: {error.Message}";
}
