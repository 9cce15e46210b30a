namespace Viaduct.Build.Engines;

/// <summary>The Dockerfile as an engine gets it.</summary>
/// <param name="Target">What to build of it; null for its last stage.</param>
/// <param name="HasContextStage">A stage before all others holds the context, and nothing but it.</param>
internal sealed record SentDockerfile(string Text, string? Target, bool HasContextStage);
