namespace Viaduct.Build.Dockerfiles;

/// <summary>What <c># check=</c> says, up to the first blank (BuildKit, parser/directives.go).</summary>
internal sealed record CheckDirective(string Text, Position Position);
