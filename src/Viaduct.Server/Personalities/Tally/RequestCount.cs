namespace Viaduct.Server;

/// <summary>Requests of one kind.</summary>
/// <param name="Kind"><c>ping</c>, <c>token</c>, <c>manifest</c>, <c>blob</c>, <c>upload</c>, <c>tags</c>, <c>referrers</c>, <c>catalog</c> or <c>other</c>.</param>
/// <param name="Received">Bytes of bodies that came in.</param>
/// <param name="Sent">Bytes of bodies that went out.</param>
public sealed record RequestCount(string Kind, string Method, long Count, long Received, long Sent);
