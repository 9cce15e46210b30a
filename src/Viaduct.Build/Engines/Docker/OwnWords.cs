using System.Globalization;
using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>Makes of what an engine says what it would say of the user's own Dockerfile: images by their names there, no stage of Viaduct's, no value of an argument.</summary>
internal sealed partial class OwnWords(IReadOnlyDictionary<Reference, string> names, SentDockerfile sent, int stages, Masking masking)
{
    public string Of(string text)
    {
        if (text.Contains(TemporaryNames.Registry, StringComparison.Ordinal))
            foreach (var (given, name) in names)
                text = Pinned().Replace(text.Replace(given.ToString(), name + "\u0001", StringComparison.Ordinal), "");
        if (sent.HasContextStage)
        {
            text = text.Replace($"--from={DockerfileRewriter.ContextStage} ", "", StringComparison.Ordinal);
            // Its number is that of a stage more.
            text = NumberedStage().Replace(text, m => stages == 1 ? "[" : $"[stage-{int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) - 1} ");
        }
        return masking.Mask(text);
    }

    /// <summary>True for what the user did not write.</summary>
    public static bool IsForeign(string name) => name.StartsWith($"[{DockerfileRewriter.ContextStage} ", StringComparison.Ordinal);

    [GeneratedRegex(@"\u0001(@sha256:[0-9a-f]{64})?", RegexOptions.CultureInvariant)]
    private static partial Regex Pinned();

    [GeneratedRegex(@"^\[stage-(\d{1,4}) ", RegexOptions.CultureInvariant)]
    private static partial Regex NumberedStage();
}
