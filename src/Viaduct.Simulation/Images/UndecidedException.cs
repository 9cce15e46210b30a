namespace Viaduct.Simulation;

/// <summary>What an image starts cannot be told; the message is a clause. It becomes a finding before anybody outside sees it.</summary>
internal sealed class UndecidedException(string because) : Exception(because);
