using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>Holds an image that somebody else built to what was asked for.</summary>
internal static class PlatformCheck
{
    /// <summary>
    /// The config decides what a node takes the image for. A variant that one of the two leaves out is no lie: builders and bases differ in it.
    /// </summary>
    /// <exception cref="ViaductException">VIA2160.</exception>
    public static void Require(BuildRequest request, ImageConfig config)
    {
        var (asked, found) = (request.Platform.Normalized(), config.Platform.Normalized());
        if (asked.Os != found.Os || asked.Architecture != found.Architecture || (asked.Variant is { } a && found.Variant is { } f && a != f))
            throw DockerBuildErrors.Mislabelled(request.Name, request.Platform, config.Platform);
    }
}
