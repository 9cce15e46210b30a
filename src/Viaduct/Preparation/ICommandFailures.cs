using Viaduct.Oci;

namespace Viaduct.Preparation;

/// <summary>How it is told that a command did not do what it was run for.</summary>
internal interface ICommandFailures
{
    ViaductException NotStarted(string why, Exception inner);

    /// <param name="output">The end of what it said, to be put behind the message.</param>
    ViaductException Failed(int exit, string output);

    /// <inheritdoc cref="Failed"/>
    ViaductException TooSlow(TimeSpan limit, string output);
}
