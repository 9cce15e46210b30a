namespace Viaduct.Build.Engines;

/// <summary>There is no engine at an address; the next is tried.</summary>
internal sealed class EngineSilence(string why, Exception? inner = null) : Exception(why, inner);
