namespace Viaduct.Simulation;

/// <summary>Asks exec credential providers: by their canned answers, or by running them where the caller allowed it.</summary>
public interface IProviderAnswers
{
    /// <param name="request">A CredentialProviderRequest as JSON.</param>
    /// <returns>What it printed, or why there is nothing.</returns>
    ValueTask<ProviderAnswer> AskAsync(CredentialProvider provider, string request, CancellationToken cancellationToken);
}
