namespace Viaduct.Simulation;

/// <summary>
/// All credential providers of a node: those built into kubelet (≤ 1.30) and exec plugins.
/// One for each kind of node; may be asked for many pods at the same time, and asks each provider once for what it may cache.
/// </summary>
internal sealed class NodeProviders(KubeletSetup setup, KubernetesVersion kubernetes, IProviderAnswers answers)
{
    private readonly ExecProvider[] _plugins = [.. (setup.Providers?.Providers ?? []).Select(provider =>
        new ExecProvider(provider, kubernetes, ProviderGates.Tokens(kubernetes, setup.FeatureGates), answers))];

    private readonly InTreeProvider? _inTree = InTreeProvider.Of(setup, kubernetes);

    /// <param name="imageName">Normalized, without tag and digest.</param>
    public async ValueTask<ProviderFindings> FindAsync(PodIdentity pod, string imageName, CancellationToken cancellationToken)
    {
        if (setup.Providers?.Refusal is { } refusal)
            return new() { Unknown = $"kubelet does not start with its credential provider configuration: {refusal}" };
        if (RegistryPattern.Parse(imageName, ProviderGates.LiteralHosts(kubernetes)) is not { } image) return ProviderFindings.Nothing;
        var (given, remarks, unknown) = (new List<ProviderCredentials>(), new List<string>(), new List<string>());
        if (_inTree?.Takes(image) is true)
            Add(_inTree.Source, CredentialOrigin.InTreeProvider, _inTree.Ask());
        foreach (var plugin in _plugins)
            if (plugin.Takes(image))
                Add(plugin.Source, CredentialOrigin.ExecProvider, await plugin.AskAsync(pod, imageName, cancellationToken).ConfigureAwait(false));
        return given.Count + remarks.Count + unknown.Count == 0
            ? ProviderFindings.Nothing
            : new() { Given = given, Remarks = remarks, Unknown = unknown.Count == 0 ? null : string.Join("; ", unknown) };

        void Add(string source, CredentialOrigin origin, ProviderReply reply)
        {
            if (reply.Remark is { } remark) remarks.Add(remark);
            if (reply.Unknown is { } why) unknown.Add(why);
            if (reply.Auth.Count > 0) given.Add(new(origin, source, reply.Auth) { ServiceAccount = reply.ServiceAccount });
        }
    }
}
