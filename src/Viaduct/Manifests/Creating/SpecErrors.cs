using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>The failures of what lists are described by, and of images outside of registries: VIA514x.</summary>
internal static class SpecErrors
{
    public static ViaductException Bad(string where, string why) => new("VIA5140", why, where, exit: ExitCode.Usage);

    public static ViaductException OneName(string template, string name, Platform first, Platform second) =>
        new("VIA5141", $"{first} and {second} have one name in it: {name}", template,
            template.Contains("ARCH", StringComparison.Ordinal) && (first.Variant ?? second.Variant) is not null && !template.Contains("VARIANT", StringComparison.Ordinal) ? "VARIANT in the template tells them apart." : "OS, ARCH and VARIANT in the template stand for what a platform has.", ExitCode.Usage);

    public static ViaductException NotThere(string source, string why, string? todo = null) => new("VIA5142", why, source, todo);
}
