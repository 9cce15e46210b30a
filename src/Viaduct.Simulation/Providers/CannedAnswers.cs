namespace Viaduct.Simulation;

/// <summary>Runs nothing: providers answer what the description of the node says, and the rest is not known.</summary>
public sealed class CannedAnswers : IProviderAnswers
{
    public ValueTask<ProviderAnswer> AskAsync(CredentialProvider provider, string request, CancellationToken cancellationToken) => ValueTask.FromResult(
        provider.CannedAnswer is { } answer
            ? new ProviderAnswer(answer)
            : new ProviderAnswer(null, Unknown: $"provider {provider.Name} takes this image and is not run here; give its answer in nodes.yaml as kubelet.providerAnswers, or run it with --exec-providers"));
}
