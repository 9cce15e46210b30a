using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>
/// A failure for which docker has words: scripts look for them, so they come first and exactly, and what Viaduct knows besides
/// follows on a line of its own. The exit code is docker's 1.
/// </summary>
/// <param name="words">docker's line or lines, without a final newline.</param>
/// <param name="what">What docker does not say; null when its words say all.</param>
public sealed class ManifestException(string code, string words, string? what = null, string? todo = null, Exception? inner = null)
    : ViaductException(code, what ?? words, todo: todo, inner: inner)
{
    public string Words => words;

    /// <summary>True when there is more to say than docker's words.</summary>
    public bool HasMore => Message != words || Todo is not null;
}
