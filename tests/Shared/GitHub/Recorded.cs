namespace Viaduct.GitHubStandIn;

internal sealed record Recorded(string Method, string PathAndQuery, string? ContentType, byte[] Body, string? Authorization);
