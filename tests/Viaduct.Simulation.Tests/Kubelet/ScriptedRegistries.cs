using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>Registries that answer as a test says, and count what they are asked.</summary>
internal sealed class ScriptedRegistries(Func<Reference, RegistryLogin?, ImageAnswer> answer) : IRegistries
{
    /// <summary>Each question: the image, and the user or <c>-</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public ValueTask<ImageAnswer> AskAsync(Reference image, RegistryLogin? login, CancellationToken cancellationToken)
    {
        Asked.Enqueue($"{image} {login?.Username ?? "-"}");
        return ValueTask.FromResult(answer(image, login));
    }
}
