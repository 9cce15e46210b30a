namespace Viaduct.Simulation;

/// <summary>What people should know about credentials for the clouds' registries: for remarks of a lookup, and for causes of failures.</summary>
internal static class CloudRemarks
{
    private const string EcrActions = "ecr:GetAuthorizationToken, ecr:BatchCheckLayerAvailability, ecr:GetDownloadUrlForLayer and ecr:BatchGetImage";

    /// <param name="offered">What kubelet found for the image.</param>
    public static IReadOnlyList<string> Of(PodIdentity pod, string imageName, IReadOnlyList<OfferedCredential> offered)
    {
        if (CloudRegistry.Of(imageName) is not { } registry) return [];
        if (offered.Count == 0) return [Without(registry, pod.Namespace)];
        return [.. offered.Select(credential => OfLogin(registry, credential)).OfType<string>().Distinct()];
    }

    /// <summary>What is usual there, in a sentence or two; for an image that no credential was found for.</summary>
    public static string Without(CloudRegistry registry, string podNamespace) => registry.Kind switch
    {
        "ecr" => $"{registry.Title}: no credential. A node logs in by the exec plugin {registry.Provider} with a role that may {EcrActions} "
            + $"in account {registry.Account}, region {registry.Region}; a kubelet of 1.27 or newer has nothing built in for it.",
        "ecr-public" => $"{registry.Title}: no credential, and none is needed for public images; without one the limits of requests are lower.",
        "gcr" => $"{registry.Title}: no credential. A node on Google Cloud logs in by the exec plugin {registry.Provider} as its service account, "
            + "which needs the role Artifact Registry Reader and a scope of storage; a kubelet of 1.31 or newer has nothing built in for it.",
        "acr" => $"{registry.Title}: no credential. A node on Azure logs in by the exec plugin {registry.Provider} as its identity, which needs the role AcrPull; "
            + "elsewhere use a pull secret with a service principal or a token of the registry.",
        "icr" => podNamespace == "default"
            ? $"{registry.Title}: no credential. IBM's clusters have the secret all-icr-io in the namespace default; name it in imagePullSecrets, or in the ServiceAccount's. The user is iamapikey, the password an API key."
            : $"{registry.Title}: no credential. IBM's clusters have the secret all-icr-io in the namespace default alone; copy it to {podNamespace} and name it in imagePullSecrets.",
        _ => $"{registry.Title}: no credential, and no provider for it is known. Use a pull secret for {registry.Host} with the user TENANCY/USER (TENANCY/oracleidentitycloudservice/USER where that is federated) and an auth token, not the user's password.",
    };

    /// <summary>What is odd, or will be, about a login for it; null where nothing is. Never its password.</summary>
    public static string? OfLogin(CloudRegistry registry, OfferedCredential credential)
    {
        var fixedLogin = credential.Origin is CredentialOrigin.Secret or CredentialOrigin.NodeFile;
        if (!fixedLogin) return null;
        var user = credential.Login.Username;
        return registry.Kind switch
        {
            "ecr" or "ecr-public" when user == "AWS" => $"{credential.Source}: a password of {registry.Title} is a token that ends 12 hours after it was made; something has to renew it.",
            "ecr" or "ecr-public" => $"{credential.Source}: the user of {registry.Title} is AWS, and here is another.",
            "gcr" when user == "oauth2accesstoken" => $"{credential.Source}: an access token of Google ends after an hour; a key of a service account, with the user _json_key, does not.",
            "gcr" when user is not ("_json_key" or "_json_key_base64" or "_token") => $"{credential.Source}: the user of {registry.Title} is _json_key, _json_key_base64 or oauth2accesstoken, and here is another.",
            "acr" when user == "00000000-0000-0000-0000-000000000000" => credential.Login.Password.Length == 0
                ? $"{credential.Source}: it was made by az acr login and holds its token as identitytoken, which kubelet does not read; the password is empty."
                : $"{credential.Source}: a token of az acr login ends after three hours.",
            "icr" when user is not ("iamapikey" or "iambearer") => $"{credential.Source}: the user of {registry.Title} is iamapikey, and here is another.",
            "ocir" when !user.Contains('/') => $"{credential.Source}: the user of {registry.Title} is TENANCY/USER, and here is one without a tenancy.",
            _ => null,
        };
    }
}
