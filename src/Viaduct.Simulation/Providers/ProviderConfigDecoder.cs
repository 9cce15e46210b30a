using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Decodes one CredentialProviderConfig strictly (pkg/credentialprovider/plugin/config.go, decode; k8s.io/kubelet/config/v1, types.go).</summary>
internal sealed class ProviderConfigDecoder(string shownAs, bool isJson, KubernetesVersion kubernetes)
{
    private const string Group = "kubelet.config.k8s.io";

    private readonly GoDecoding _go = new(isJson);
    private bool _isV1;

    /// <returns>Why kubelet refuses it; null where it does not.</returns>
    public string? Decode(DataNode root, List<ProviderDraft> providers)
    {
        if (KindFault(root) is { } fault) return fault;
        foreach (var (name, value) in _go.Members(root, ""))
            switch (name)
            {
                case "kind" or "apiVersion": break;
                case "providers": Providers(value, providers); break;
                default: _go.Unknown("", name); break;
            }
        return _go.Fault;
    }

    private string? KindFault(DataNode root)
    {
        // The whole document stands between the quotes there; it is not repeated here.
        if (root.Kind is not DataKind.Map) return "couldn't get version/kind; json parse error: json: cannot unmarshal a value that is no object into Go value of type struct { APIVersion string; Kind string }";
        if (root["kind"] is not { Kind: DataKind.Text, Text: { Length: > 0 } kind }) return "Object 'Kind' is missing in '…'";
        if (root["apiVersion"] is not { Kind: DataKind.Text, Text: { Length: > 0 } version }) return "Object 'apiVersion' is missing in '…'";
        _isV1 = version == $"{Group}/v1";
        if (kind == "CredentialProviderConfig" && (_isV1 || version is $"{Group}/v1beta1" or $"{Group}/v1alpha1")) return null;
        return kind is "KubeletConfiguration" && version == $"{Group}/v1beta1"
            ? $"failed to decode {GoText.Quote(kind)} (wrong Kind)"
            : $"no kind {GoText.Quote(YamlErrors.Shown(kind, 60))} is registered for version {GoText.Quote(YamlErrors.Shown(version, 60))}";
    }

    private void Providers(DataNode list, List<ProviderDraft> providers)
    {
        var index = 0;
        foreach (var item in _go.Items(list, "CredentialProviderConfig.providers", "[]v1.CredentialProvider"))
        {
            var draft = new ProviderDraft { Where = $"{shownAs}:{item.Line}:{item.Column}" };
            providers.Add(draft);
            if (_go.IsStruct(item, "CredentialProviderConfig.providers", "v1.CredentialProvider"))
                Provider(item, $"providers[{index}]", draft);
            index++;
        }
    }

    private void Provider(DataNode item, string place, ProviderDraft draft)
    {
        foreach (var (name, value) in _go.Members(item, place))
        {
            var field = $"CredentialProvider.providers.{name}";
            switch (name)
            {
                case "name": draft.Name = _go.Text(value, field) ?? ""; break;
                case "apiVersion": draft.ApiVersion = _go.Text(value, field) ?? ""; break;
                case "matchImages": draft.MatchImages = _go.Texts(value, field); break;
                case "defaultCacheDuration": draft.DefaultCacheDuration = _go.Duration(value); break;
                case "args": draft.Args = _go.Texts(value, field); break;
                case "env": Env(value, $"{place}.env", draft); break;
                case "tokenAttributes" when KnowsTokens: Tokens(value, $"{place}.tokenAttributes", draft); break;
                default: _go.Unknown(place, name); break;
            }
        }
    }

    // The older versions of the format never got the field.
    private bool KnowsTokens => _isV1 && kubernetes >= ProviderGates.TokensAlpha;

    private void Env(DataNode list, string place, ProviderDraft draft)
    {
        var index = -1;
        foreach (var item in _go.Items(list, "CredentialProvider.providers.env", "[]v1.ExecEnvVar"))
        {
            index++;
            if (!_go.IsStruct(item, "CredentialProvider.providers.env", "v1.ExecEnvVar")) continue;
            var (key, text) = ("", "");
            foreach (var (name, value) in _go.Members(item, $"{place}[{index}]"))
                switch (name)
                {
                    case "name": key = _go.Text(value, "ExecEnvVar.providers.env.name") ?? ""; break;
                    case "value": text = _go.Text(value, "ExecEnvVar.providers.env.value") ?? ""; break;
                    default: _go.Unknown($"{place}[{index}]", name); break;
                }
            draft.Env[key] = text;
        }
    }

    private void Tokens(DataNode map, string place, ProviderDraft draft)
    {
        if (!_go.IsStruct(map, "CredentialProvider.providers.tokenAttributes", "v1.ServiceAccountTokenAttributes")) return;
        var tokens = draft.Tokens = new TokenDraft();
        foreach (var (name, value) in _go.Members(map, place))
        {
            var field = $"ServiceAccountTokenAttributes.providers.tokenAttributes.{name}";
            switch (name)
            {
                case "serviceAccountTokenAudience": tokens.Audience = _go.Text(value, field) ?? ""; break;
                case "cacheType" when kubernetes >= ProviderGates.TokensBeta: tokens.CacheType = _go.Text(value, field) ?? ""; break;
                case "requireServiceAccount": tokens.RequireServiceAccount = _go.Truth(value, field); break;
                case "requiredServiceAccountAnnotationKeys": tokens.Required = _go.Texts(value, field); break;
                case "optionalServiceAccountAnnotationKeys": tokens.Optional = _go.Texts(value, field); break;
                default: _go.Unknown(place, name); break;
            }
        }
    }
}
