using System.Globalization;
using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>The names that a message holds; null where it has none.</summary>
/// <param name="Image">As written there.</param>
/// <param name="Platform">What was looked for.</param>
/// <param name="Status">Of HTTP.</param>
public sealed partial record MessageFacts(string? Image, string? Host, string? Platform, int? Status)
{
    public Reference? Reference => Image is not null && Reference.TryParse(Image, out var reference) ? reference : null;

    internal static MessageFacts Of(string text)
    {
        var image = First(Images().Matches(text).Select(m => m.Groups["image"].Value.TrimEnd(':', '.', ';')).Where(i => i.Length > 0));
        var reference = image is not null && Reference.TryParse(image, out var parsed) ? parsed : null;
        var host = First(Hosts().Matches(text).Select(m => m.Groups["host"].Value));
        return new(image, reference?.Registry ?? host, PlatformOf(text), Statuses().Match(text) is { Success: true } status ? int.Parse(status.Groups["status"].ValueSpan, CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The placeholders of a cause's text.</summary>
    internal string Fill(string text) => text
        .Replace("{image}", Image ?? "IMAGE", StringComparison.Ordinal)
        .Replace("{host}", Host ?? "REGISTRY", StringComparison.Ordinal)
        .Replace("{repository}", Reference?.Name ?? "REPOSITORY", StringComparison.Ordinal)
        .Replace("{platform}", Platform ?? "linux/ARCH", StringComparison.Ordinal);

    private static string? PlatformOf(string text) =>
        Words().Match(text) is { Success: true } words
            ? $"{words.Groups["os"].Value}/{words.Groups["arch"].Value}{(words.Groups["variant"] is { Success: true, Length: > 0 } variant ? "/" + variant.Value : "")}"
            : Slashes().Match(text) is { Success: true } slashes ? slashes.Value : null;

    private static string? First(IEnumerable<string> texts) => texts.FirstOrDefault();

    // Kubelet's, containerd's, docker's and CRI-O's ways to name the image; the first in the message counts.
    [GeneratedRegex("(?:pull(?:ing)? (?:and unpack )?(?:sandbox )?image|[Cc]ontainer image|parse image name|resolve reference|sandbox image|image tag) \"(?<image>[^\"\\s]{1,512})\""
        + "|(?:manifest for|access denied for|with reference|repository|Error: image|pull image|Trying to pull) (?<image>[a-zA-Z0-9][^\\s\",]{0,511})(?:,| not found| was found|\\.\\.\\.)"
        + "|docker://(?<image>[^\\s\",]{1,512})|resolve image: (?<image>[^\\s\",]{1,512}): not found", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Images();

    [GeneratedRegex("https?://(?:[^/@\\s\"]{0,200}@)?(?<host>[^/\\s\"?@]{1,255})/v[12]/|pulling from host (?<host>[^\\s\"]{1,255}) failed|lookup (?<host>[^\\s:\"]{1,255})|https?://(?:[^/@\\s\"]{0,200}@)?(?<host>[^/\\s\"?@]{1,255})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Hosts();

    [GeneratedRegex("\\b(?:linux|windows|darwin|freebsd)/[a-z0-9]{2,10}(?:/v[0-9.]{1,4})?\\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Slashes();

    // containers/image, internal/manifest.
    [GeneratedRegex("architecture \"(?<arch>[a-z0-9]{1,20})\"(?:, variant \"(?<variant>[a-z0-9.]{0,20})\")?, OS \"(?<os>[a-z]{1,20})\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Words();

    [GeneratedRegex("\\b(?<status>[45][0-9]{2}) [A-Z][a-z]|(?:status|code|HTTP)[^0-9\"]{0,20}\\b(?<status>[45][0-9]{2})\\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Statuses();
}
