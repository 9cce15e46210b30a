namespace Viaduct.Registry;

/// <summary>What lies between two tries.</summary>
/// <param name="IsAsked">True when the registry asked for it by a 429 or 503: to obey is no failure, so it counts by its time and not as a try.</param>
/// <param name="IsForAll">True when nothing else is to be sent there meanwhile either.</param>
internal readonly record struct Pause(TimeSpan Length, bool IsAsked = false, bool IsForAll = false);
