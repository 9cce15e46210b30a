using System.Text;
using Viaduct.Oci;

namespace Viaduct.Configuration;

/// <summary>
/// A child's name as a template: <c>$(NAME)-$(ARCH):$(TAG)</c> is Kubernetes' convention and the default.
/// It depends on the image, its tag and the platform alone, so old YAML can rely on it.
/// </summary>
public sealed record NameTemplate
{
    public static readonly IReadOnlyList<string> Variables = ["NAME", "TAG", "ARCH", "OS", "VARIANT"];

    public const string Default = "$(NAME)-$(ARCH):$(TAG)";

    private NameTemplate(string text) => Text = text;

    public string Text { get; }

    /// <summary>Checks the variables and that a name comes out; <paramref name="where"/> is the value's place.</summary>
    internal static NameTemplate Parse(string text, string where)
    {
        var template = new NameTemplate(text);
        var unknown = template.UnknownVariable();
        if (unknown is not null)
            throw ConfigErrors.BadValue(where, "child", $"uses $({unknown}), which there is not", $"The variables are {string.Join(", ", Variables.Select(v => $"$({v})"))}.");
        if (!text.Contains("$(ARCH)", StringComparison.Ordinal))
            throw ConfigErrors.BadValue(where, "child", "has no $(ARCH), so all platforms would have one name");
        if (!MakesName(template, new Platform("linux", "arm", "v6")) || !MakesName(template, new Platform("linux", "amd64")))
            throw ConfigErrors.BadValue(where, "child", $"does not make a name with a tag: '{text}'", $"The default is {Default}.");
        return template;
    }

    public string Expand(string name, string tag, Platform platform)
    {
        var result = new StringBuilder(Text.Length + 16);
        foreach (var (literal, variable) in Parts())
            result.Append(literal).Append(variable switch
            {
                null => "",
                "NAME" => name,
                "TAG" => tag,
                "ARCH" => platform.ArchWord,
                "OS" => platform.Normalized().Os,
                "VARIANT" => platform.Normalized().Variant ?? "",
                _ => throw new InvalidOperationException($"$({variable}) passed the check."),
            });
        return result.ToString();
    }

    private static bool MakesName(NameTemplate template, Platform platform) =>
        Reference.TryParse("registry.example/" + template.Expand("name", "tag", platform), out var sample) && sample.Tag is not null && sample.Digest is null;

    private string? UnknownVariable() => Parts().Select(p => p.Variable).FirstOrDefault(v => v is not null && !Variables.Contains(v));

    private IEnumerable<(string Literal, string? Variable)> Parts()
    {
        var at = 0;
        while (at < Text.Length)
        {
            var open = Text.IndexOf("$(", at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : Text.IndexOf(')', open);
            if (close < 0)
            {
                yield return (Text[at..], null);
                yield break;
            }
            yield return (Text[at..open], Text[(open + 2)..close]);
            at = close + 1;
        }
    }
}
