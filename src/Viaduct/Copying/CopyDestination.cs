namespace Viaduct.Copying;

/// <param name="Tags">What it is to be called there; empty for nothing but its digest.</param>
public sealed record CopyDestination(CopyTarget Target, IReadOnlyList<string> Tags);
