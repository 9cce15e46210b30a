namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>Command lines that docker and Viaduct both run, one after the other, each tool with a home of its own.</summary>
/// <param name="Name">Like a test's name.</param>
/// <param name="Lines">
/// Separated by <c> ; </c>. A line is words of <c>docker manifest</c>: <c>create!</c> stands for <c>create --insecure</c>. <c>docker …</c> has all of
/// the words; <c>sh …</c> is for the shell, <c>login right|wrong</c> writes a password down, <c>point NAME:NEW OLD</c> moves a tag. Names are in <see cref="Bed"/>.
/// </param>
/// <param name="Differs">Where we differ on purpose, the word of <see cref="Difference"/>; then they must differ.</param>
/// <param name="Since">The oldest docker that says the same: 28, or 20 for the 20.10 of bookworm.</param>
internal sealed record Case(string Name, string Lines, string? Differs = null, int Since = 28)
{
    /// <summary>Of the same case in any run the same: a repository of this name is the case's own.</summary>
    public string Repository { get; init; } = "";
}
