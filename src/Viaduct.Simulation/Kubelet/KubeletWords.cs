namespace Viaduct.Simulation;

/// <summary>What kubelet writes, by its version (pkg/kubelet/images/image_manager.go; pkg/kubelet/kuberuntime/kuberuntime_container.go).</summary>
internal sealed class KubeletWords(KubernetesVersion kubernetes)
{
    private const string Time = "<time>";
    private const string Unavailable = "RegistryUnavailable";
    private const string Signature = "SignatureValidationFailed";

    public static string NeverPull(string image) => $"Container image \"{image}\" is not present with pull policy of Never";

    public static string Present(string image, bool verified) => $"Container image \"{image}\" already present on machine{(verified ? " and can be accessed by the pod" : "")}";

    public static string Pulling(string image) => $"Pulling image \"{image}\"";

    public static string Failed(string image, string error) => $"Failed to pull image \"{image}\": {error}";

    public static string BackOff(string image) => $"Back-off pulling image \"{image}\"";

    public static string MissingSecrets(IEnumerable<string> names) =>
        $"Unable to retrieve some image pull secrets ({string.Join(", ", names)}); attempting to pull the image may not succeed.";

    /// <summary>How long it takes and how large the image is stored are not foretold.</summary>
    public string Pulled(string image) =>
        kubernetes >= new KubernetesVersion(1, 30) ? $"Successfully pulled image \"{image}\" in {Time} ({Time} including waiting). Image size: <size> bytes."
        : kubernetes >= new KubernetesVersion(1, 27) ? $"Successfully pulled image \"{image}\" in {Time} ({Time} including waiting)"
        : $"Successfully pulled image \"{image}\" in {Time}";

    /// <summary>Of 1.35 as clusters were seen to say it; the words before are those of 1.32.</summary>
    public string Created(string container) => kubernetes >= new KubernetesVersion(1, 35) ? "Container created" : kubernetes >= new KubernetesVersion(1, 32) ? $"Created container: {container}" : $"Created container {container}";

    public string Started(string container) => kubernetes >= new KubernetesVersion(1, 35) ? "Container started" : $"Started container {container}";

    /// <summary>The state's reason and message right after a pull failed (evalCRIPullErr).</summary>
    public static (string Reason, string Message) PullError(string image, string error) =>
        error.StartsWith(Unavailable, StringComparison.Ordinal) ? (Unavailable, $"image pull failed for {image} because the registry is unavailable{error[Unavailable.Length..]}")
        : error.StartsWith(Signature, StringComparison.Ordinal) ? (Signature, $"image pull failed for {image} because the signature validation failed{error[Signature.Length..]}")
        : ("ErrImagePull", error);

    /// <summary>The state while it waits: since 1.32 with the reason that it waits for (kubernetes#127918).</summary>
    public ContainerState Waiting(string image, string error)
    {
        var (reason, message) = PullError(image, error);
        return new("waiting", "ImagePullBackOff", kubernetes >= new KubernetesVersion(1, 32) ? $"{BackOff(image)}: {reason}: {message}" : BackOff(image));
    }
}
