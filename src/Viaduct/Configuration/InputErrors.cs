using Viaduct.Oci;

namespace Viaduct.Configuration;

/// <summary>The failures of options and variables, the same in the command line and in the pipeline: part of VIA90xx.</summary>
internal static class InputErrors
{
    public static ViaductException BadPlatform(string text, string from, string? near) =>
        new("VIA9005", $"'{text}' is no platform that images are built for", from,
            near is not null ? $"Did you mean '{near}'?" : "Platforms look like linux/amd64, linux/arm64, linux/arm/v7.", ExitCode.Usage);

    public static ViaductException PlatformOfNone(Platform platform, string from, IEnumerable<Platform> all) =>
        new("VIA9006", $"no image of the set is for {platform}", from, $"The set has {string.Join(", ", all)}.", ExitCode.Usage);

    public static ViaductException BadVariable(string name, string why, string todo) =>
        new("VIA9007", why, name, todo, ExitCode.Usage);

    public static ViaductException BadTag(string tag, string from) =>
        new("VIA9012", $"'{tag}' is not a tag", from, "A tag has letters, digits, '_', '.' and '-', and at most 128 of them.", ExitCode.Usage);
}
