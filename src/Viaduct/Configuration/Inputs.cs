using System.Globalization;
using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct.Configuration;

/// <summary>
/// Reads what command lines and environments say, the same for the command line and the pipeline. <c>from</c> is the option or the
/// variable, for the message.
/// </summary>
public static class Inputs
{
    /// <summary>Values are repeated, or parted by commas.</summary>
    public static IEnumerable<string> Words(IEnumerable<string> texts) =>
        texts.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <exception cref="ViaductException">VIA9005, naming the nearest platform.</exception>
    public static IReadOnlyList<Platform> Platforms(IEnumerable<string> texts, string from)
    {
        var platforms = new List<Platform>();
        foreach (var text in Words(texts))
        {
            if (!Platform.TryParse(text, out var platform) || !KnownPlatforms.Contains(platform))
                throw InputErrors.BadPlatform(text, from, Nearest.To(text, ImageSettings.FamiliarPlatforms));
            if (!platforms.Any(platform.Same)) platforms.Add(platform);
        }
        return platforms;
    }

    /// <exception cref="ViaductException">VIA9012.</exception>
    public static IReadOnlyList<string> Tags(IEnumerable<string> texts, string from) =>
        [.. Words(texts).Select(tag => ReferenceGrammar.IsTag(tag) ? tag : throw InputErrors.BadTag(tag, from)).Distinct(StringComparer.Ordinal)];

    /// <summary>What is attached to images: provenance, sbom, or <c>none</c> alone; null when nothing is said.</summary>
    /// <exception cref="ViaductException">VIA9085.</exception>
    public static AttestationKinds? Attestations(IEnumerable<string> texts, string from) =>
        Words(texts).ToList() is { Count: > 0 } words ? AttestationWords.Parse(words, (word, near) => AttestErrors.BadWord(word, from, near)) : null;

    /// <summary>SOURCE_DATE_EPOCH: seconds since 1970 in decimal digits (reproducible-builds.org/specs/source-date-epoch); 0 when nothing is said.</summary>
    /// <exception cref="ViaductException">VIA9007.</exception>
    public static long Epoch(string? text) => string.IsNullOrEmpty(text) ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? seconds
        : throw InputErrors.BadVariable("SOURCE_DATE_EPOCH", $"'{text}' is not a number of seconds since 1970", "Give decimal digits, for example $(git log -1 --pretty=%ct), or unset it.");

    /// <summary>The embedded registry's port; null when nothing is said.</summary>
    /// <exception cref="ViaductException">VIA9007.</exception>
    public static int? Port(string? text, string from) => string.IsNullOrEmpty(text) ? null
        : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port
        : throw InputErrors.BadVariable(from, $"'{text}' is not a port", "Give a number from 0 (any free port) to 65535.");
}
