using Viaduct.Build;
using Viaduct.Cli.Errors;
using Viaduct.Configuration;
using Viaduct.Oci;

namespace Viaduct.Cli.Options;

/// <summary>Platforms as options and variables give them: repeated, or parted by commas.</summary>
internal static class PlatformList
{
    private static readonly string[] Familiar =
        ["linux/amd64", "linux/arm64", "linux/arm/v5", "linux/arm/v6", "linux/arm/v7", "linux/ppc64le", "linux/s390x", "linux/riscv64", "linux/386", "linux/loong64", "windows/amd64", "windows/arm64"];

    /// <param name="from">What said it, for the message.</param>
    public static IReadOnlyList<Platform> Parse(IEnumerable<string> texts, string from)
    {
        var platforms = new List<Platform>();
        foreach (var text in Words(texts))
        {
            if (!Platform.TryParse(text, out var platform) || !KnownPlatforms.Contains(platform))
                throw CliErrors.BadPlatform(text, from, Nearest.To(text, Familiar));
            if (!platforms.Any(platform.Same)) platforms.Add(platform);
        }
        return platforms;
    }

    public static IEnumerable<string> Words(IEnumerable<string> texts) =>
        texts.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
