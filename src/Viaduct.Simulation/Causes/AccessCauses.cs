namespace Viaduct.Simulation;

/// <summary>Logins: that there is none, that it is not found, or not taken. Kubelet's side of it is in docs/pull-credentials.md.</summary>
internal static class AccessCauses
{
    private const CauseFit NoneShown = CauseFit.WithoutLogin | CauseFit.Foreseen;

    public static readonly Cause NoCredential = new("no-credential", "The pod and the node have no login for this registry.",
        "The image is private, and nothing that kubelet looks through has an entry for it.",
        "kubectl get pod POD -n NAMESPACE -o jsonpath='{.spec.imagePullSecrets[*].name} {.spec.serviceAccountName}'",
        "kubectl create secret docker-registry NAME -n NAMESPACE --docker-server={host} --docker-username=USER --docker-password=…, and name it in the pod's imagePullSecrets or in its ServiceAccount's.") { Fit = NoneShown };

    public static readonly Cause SecretKey = new("secret-key", "The pull secret is for another address than the image has.",
        "Keys are compared by host, port and path: https://HOST/v2 without a slash at the end, a missing port, a wildcard over two dots and Docker Hub spelled docker.io/v2 match nothing.",
        "kubectl get secret NAME -n NAMESPACE -o jsonpath='{.data.\\.dockerconfigjson}' | base64 -d | jq '.auths | keys'",
        "Make the secret again with --docker-server={host}, with the port if the image has one; https://index.docker.io/v1/ for Docker Hub.") { Fit = NoneShown };

    public static readonly Cause SecretElsewhere = new("secret-elsewhere", "The pull secret does not exist in the pod's namespace.",
        "Kubelet takes secrets of the pod's own namespace alone, and goes on without those that are missing.",
        "kubectl get secret NAME -n NAMESPACE; kubectl get events -n NAMESPACE --field-selector reason=FailedToRetrieveImagePullSecret",
        "Create the secret in that namespace, too.") { Fit = NoneShown };

    public static readonly Cause SecretType = new("secret-type", "The secret has a type or a key that kubelet passes over.",
        "Only kubernetes.io/dockerconfigjson with .dockerconfigjson and kubernetes.io/dockercfg with .dockercfg count; an Opaque secret of the same content is ignored without a word.",
        "kubectl get secret NAME -n NAMESPACE -o jsonpath='{.type} {.data}' | cut -c1-80", "Make it again with kubectl create secret docker-registry; the type of a secret cannot be changed.") { Fit = NoneShown };

    public static readonly Cause ServiceAccount = new("service-account-secrets", "The pod's own list of secrets has replaced the ServiceAccount's.",
        "The list of the ServiceAccount is taken over only when a pod is created and names no secret itself.",
        "kubectl get serviceaccount NAME -n NAMESPACE -o yaml", "Name all secrets in the pod, or none; pods that exist already have to be created anew.") { Fit = NoneShown };

    public static readonly Cause NodeLogin = new("node-login", "A login on the node does not reach kubelet.",
        "Kubelet reads config.json of its root folder, its working folder and $HOME/.docker (systemd sets no HOME), the first that can be read; it knows neither credsStore nor credHelpers nor identity tokens.",
        "systemctl show kubelet -p Environment; jq '.auths | keys' /var/lib/kubelet/config.json", "Write /var/lib/kubelet/config.json with user and password in auths, or better use a pull secret.") { Fit = NoneShown };

    public static readonly Cause Provider = new("credential-provider", "The node's credential provider does not answer for this image.",
        "A provider that fails, or whose matchImages do not match, adds nothing, and the pull goes on without a login; only kubelet's log says so.",
        "journalctl -u kubelet | grep -i 'credential provider'", "Look at matchImages, at the provider's program and its role; clouds need one since Kubernetes 1.27 to 1.31.") { Fit = NoneShown };

    public static readonly Cause WrongPassword = new("wrong-password", "The registry does not take the login: a wrong name or password.",
        "A login was shown, and the answer is that it is none.",
        "viaduct login {host} --username USER (asks for the password), then viaduct inspect {image}", "Make the secret anew with a password or token that is valid; pods take it at the next try.") { Fit = CauseFit.WithLogin };

    public static readonly Cause TokenEnded = new("token-ended", "The password is a token that has ended.",
        "Tokens of Amazon ECR last 12 hours, those of az acr login three, of gcloud one; secrets made of them stop working.",
        "kubectl get secret NAME -n NAMESPACE -o jsonpath='{.metadata.creationTimestamp}'", "Use the cloud's credential provider on the nodes, a lasting key (_json_key, a service principal), or something that renews the secret.") { Fit = CauseFit.WithLogin };

    public static readonly Cause StaleOnPublic = new("stale-login-on-public-image", "The image needs no login, and an old one is shown.",
        "Where any credential matches, kubelet never tries without one: a stale login breaks public images.",
        "viaduct inspect {image} from a place without logins", "Remove the entry for {host} from the pull secrets or from the node's config.json, or renew it.") { Fit = CauseFit.WithLogin };

    public static readonly Cause NoRights = new("no-rights", "The account may not read this repository.",
        "The registry knows the login, and refuses the repository: another project, a role that is missing.",
        "viaduct inspect {image} with the same login", "Give the account the right to pull from {repository} (a role such as reader, AcrPull, Artifact Registry Reader, ecr:BatchGetImage).") { Fit = CauseFit.Foreseen };

    public static readonly Cause IdentityToken = new("identity-token", "The file holds an identity token in place of a password.",
        "az acr login and Docker Desktop write identitytoken or a credential helper, which kubelet does not read: the password is empty.",
        "jq '.auths[] | keys' config.json", "Make a secret with a user and a password: a service principal, or a token of the registry.") { Fit = CauseFit.Foreseen };

    public static readonly Cause BadSecret = new("bad-secret", "A pull secret cannot be read.",
        "One entry whose auth is not base64 of USER:PASSWORD, or content that is not JSON, fails the whole secret, and then every image of the pod.",
        "kubectl get secret NAME -n NAMESPACE -o jsonpath='{.data.\\.dockerconfigjson}' | base64 -d | jq '.auths | map_values(.auth | @base64d | test(\":\"))'",
        "Make the secret anew with kubectl create secret docker-registry; encoded by hand it needs base64 -w0, and no line end within.") { Fit = CauseFit.Foreseen };

    public static readonly Cause ServerAddress = new("server-address", "The caller gave the runtime an address of a server that it cannot read.",
        "Kubelet sends none: some other client of CRI does, such as crictl, a test or a tool.", "crictl pull --creds USER {image}", "Write the address with its scheme, https://{host}, or leave it out.");

    public static readonly Cause CloudRole = new("cloud-role", "The node's identity lacks the cloud's right to pull, or the registry is in another account or region.",
        "Clouds' registries answer 403 to identities without the role.",
        "aws ecr get-login-password / gcloud artifacts docker images describe / az acr check-health with the node's identity", "Give the node's role the rights to pull in the account of {host}.") { Fit = CauseFit.WithLogin };
}
