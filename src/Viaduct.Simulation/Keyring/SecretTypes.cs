namespace Viaduct.Simulation;

/// <summary>The two types of secrets that hold registry logins, and the keys of their data (k8s.io/api/core/v1).</summary>
internal static class SecretTypes
{
    public const string Json = "kubernetes.io/dockerconfigjson";
    public const string JsonKey = ".dockerconfigjson";
    public const string Bare = "kubernetes.io/dockercfg";
    public const string BareKey = ".dockercfg";
}
