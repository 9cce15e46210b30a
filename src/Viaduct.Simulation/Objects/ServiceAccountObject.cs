namespace Viaduct.Simulation;

internal static class ServiceAccountObject
{
    public static ServiceAccount Read(ObjectHead head) => new(head.Namespace, head.Name, head.Where)
    {
        Uid = head.Body["metadata"]["uid"].Text,
        ImagePullSecrets = PodObject.SecretNames(head.Body),
        Annotations = head.Body["metadata"]["annotations"].Texts,
    };
}
