using System.Collections.Concurrent;

namespace Viaduct.Simulation.Tests;

/// <summary>Canned answers that remember what was asked.</summary>
internal sealed class CountingAnswers : IProviderAnswers
{
    public ConcurrentQueue<string> Requests { get; } = new();

    public async ValueTask<ProviderAnswer> AskAsync(CredentialProvider provider, string request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        await Task.Yield();
        return new(provider.CannedAnswer);
    }
}
