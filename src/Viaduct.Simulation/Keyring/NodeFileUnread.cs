namespace Viaduct.Simulation;

/// <summary>A file of a node that does not count.</summary>
/// <param name="Why">Goes on from its path.</param>
/// <param name="Ring">What it would give; null where nothing can be read.</param>
internal sealed record NodeFileUnread(string Path, string Why, BasicKeyring? Ring);
