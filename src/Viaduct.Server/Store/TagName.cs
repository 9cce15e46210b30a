using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>A tag, held to the grammar.</summary>
internal readonly record struct TagName
{
    private TagName(string text) => Text = text;

    public string Text { get; }

    public static bool TryParse(string? text, out TagName tag)
    {
        tag = default;
        if (text is null || !ReferenceGrammar.IsTag(text)) return false;
        tag = new TagName(text);
        return true;
    }

    public override string ToString() => Text;
}
