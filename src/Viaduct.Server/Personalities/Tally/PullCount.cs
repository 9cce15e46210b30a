namespace Viaduct.Server;

/// <summary>What an account used of a quota.</summary>
/// <param name="Account"><c>anonymous</c> for who named none.</param>
public sealed record PullCount(string Account, long Pulls);
