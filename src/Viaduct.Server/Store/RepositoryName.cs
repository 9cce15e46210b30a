using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>A repository's path, held to the grammar: no component is empty, begins with a dot or an underscore, or holds a separator.</summary>
internal readonly record struct RepositoryName
{
    private RepositoryName(string text) => Text = text;

    public string Text { get; }

    public static bool TryParse(string? text, out RepositoryName name)
    {
        name = default;
        if (text is null || !ReferenceGrammar.IsRepository(text)) return false;
        name = new RepositoryName(text);
        return true;
    }

    public override string ToString() => Text;
}
