using System.Globalization;
using System.Text.RegularExpressions;

namespace Viaduct.Simulation;

/// <summary>
/// Takes from a line what may be secret and what steers terminals, before anything looks at it. The expressions are linear: a repetition begins only where
/// the one before cannot have run through.
/// </summary>
public static partial class MessageCleaner
{
    private const string Hidden = "…";

    public static string Clean(string line)
    {
        var plain = Printable(Colours().Replace(line, ""));
        plain = Query().Replace(User().Replace(plain, $"{Hidden}@"), WithoutQuery);
        plain = Assigned().Replace(Field().Replace(plain, $"${{head}}{Hidden}"), $"${{head}}{Hidden}");
        return Jwt().Replace(Header().Replace(plain, $"${{head}} {Hidden}"), Hidden);
    }

    private static string Printable(string line) => line.Any(Steers) ? string.Create(line.Length, line, (to, from) =>
    {
        for (var i = 0; i < to.Length; i++) to[i] = from[i] == '\t' ? ' ' : Steers(from[i]) ? '\uFFFD' : from[i];
    }) : line;

    private static bool Steers(char c) => char.IsControl(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>Addresses that storage signed are keys; of a token's only the scope is of interest, which the image says as well.</summary>
    private static string WithoutQuery(Match query) =>
        query.ValueSpan.Contains('=') ? $"?{Hidden}{query.ValueSpan[query.ValueSpan.TrimEnd(":,.;)]}'").Length..]}" : query.Value;

    // ECMA-48, control sequences: colours of logs.
    [GeneratedRegex("\\x1b\\[[0-9;?]*[@-~]", RegexOptions.CultureInvariant)]
    private static partial Regex Colours();

    // Of an address, or before a host without a scheme; name:tag@sha256:… is an image.
    [GeneratedRegex("(?:(?<=://)[^/\\s\"]+|(?<=^|[\\s\"/])[^\\s\"/:@]+:[^\\s\"/]+)@(?!sha(?:256|384|512):)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex User();

    [GeneratedRegex("\\?[^\\s\"]+", RegexOptions.CultureInvariant)]
    private static partial Regex Query();

    // Entries of dockerconfigjson, answers of token services and credential providers.
    [GeneratedRegex("(?<head>\"(?:[a-z_-]*auth|password|[a-z_]*token|[a-z_]*secret)\"\\s{0,8}:\\s{0,8}\")[^\"]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Field();

    [GeneratedRegex("(?<head>(?:password|passwd|token|secret)=|password: ?|-password )[^\\s\"&,;]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Assigned();

    [GeneratedRegex("(?<head>authorization\\W{1,5}(?:basic|bearer)) [^\\s\"]+|(?<head>\\b(?:basic|bearer)) [a-z0-9+/=._~-]{8,}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Header();

    // RFC 7519: the header of every token begins with {".
    [GeneratedRegex("\\beyJ[A-Za-z0-9+/=._-]{8,}", RegexOptions.CultureInvariant)]
    private static partial Regex Jwt();
}
