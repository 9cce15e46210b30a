namespace Viaduct.Build.Engines;

/// <summary>A step of BuildKit's as it stands now (moby.buildkit.v1.Vertex).</summary>
internal sealed record BuildVertex(string Digest, string Name, bool Cached, bool Started, bool Completed, string Error);
