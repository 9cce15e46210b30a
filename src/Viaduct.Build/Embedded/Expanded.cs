using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build;

/// <summary>A word after its variables were replaced.</summary>
/// <param name="Key">What of it goes into an input key: the text; or, where a base image's environment may still change it, how it was written and what is known.</param>
internal sealed record Expanded(Word Word, string Text, string Key, bool Certain)
{
    public static Expanded Literal(Word word) => new(word, word.Text, word.Text, Certain: true);
}
