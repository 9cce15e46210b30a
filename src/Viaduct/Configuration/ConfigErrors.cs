using Viaduct.Oci;

namespace Viaduct.Configuration;

/// <summary>The failures of viaduct.yaml, image.yaml and the folder of images: VIA20xx; those of YAML itself are <see cref="Yaml.YamlErrors"/>.</summary>
internal static class ConfigErrors
{
    public static ViaductException BadValue(string where, string key, string why, string? todo = null) =>
        new("VIA2006", $"'{key}' {why}", where, todo, ExitCode.Usage);

    public static ViaductException UnknownPlatform(string where, string text, IReadOnlyCollection<string> known) =>
        new("VIA2007", $"'{text}' is no platform that images are built for", where,
            Nearest.To(text, known) is { } near ? $"Did you mean '{near}'?" : "Platforms look like linux/amd64, linux/arm64, linux/arm/v7.", ExitCode.Usage);

    public static ViaductException NoImages(string folder) =>
        new("VIA2008", "no image is here", folder, "An image is a folder with a Dockerfile: images/NAME/Dockerfile.", ExitCode.Usage);

    public static ViaductException UnknownImage(string name, IReadOnlyCollection<string> known) =>
        new("VIA2009", $"there is no image '{name}'",
            todo: Nearest.To(name, known) is { } near ? $"Did you mean '{near}'?" : $"The images are {string.Join(", ", known)}.", exit: ExitCode.Usage);

    public static ViaductException Collision(string where, string name, string first, string second) =>
        new("VIA2010", $"{first} and {second} would both be pushed as {name}", where,
            "Let the name templates tell them apart, for example by $(OS) or $(ARCH).", ExitCode.Usage);

    public static ViaductException Circle(string where, IEnumerable<string> names) =>
        new("VIA2011", $"the images are built from each other in a circle: {string.Join(" -> ", names)}", where, exit: ExitCode.Usage);

    public static ViaductException NoSuchTag(ImageDefinition image, string tag) =>
        new("VIA2013", $"a Dockerfile names '{image.Name}:{tag}', and the set's image '{image.Name}' has the tags {string.Join(", ", image.DeclaredTags)}",
            todo: $"Write FROM {image.Name}; if another registry's image is meant, write its whole name, such as docker.io/library/{image.Name}:{tag}.", exit: ExitCode.Usage);

    public static ViaductException LeftOut(string image, Platform platform) =>
        new("VIA2014", $"'{image}' is needed for {platform}, which it is not built for in this run",
            todo: "Let --platform and the image's platforms contain it.", exit: ExitCode.Usage);

    public static ViaductException NotBuiltFor(string image, Platform platform, string child) =>
        new("VIA2012", $"'{child}' is built for {platform}, and its base '{image}' is not",
            todo: $"Add {platform} to the platforms of '{image}', or take it from '{child}'.", exit: ExitCode.Usage);
}
