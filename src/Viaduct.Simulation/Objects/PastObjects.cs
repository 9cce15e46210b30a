namespace Viaduct.Simulation;

/// <summary>What <c>kubectl get</c> lists and what starts no more.</summary>
internal static class PastObjects
{
    /// <summary>Why nothing of it is pulled again; null where something may be.</summary>
    public static string? Why(ObjectHead head) => head.Kind switch
    {
        "Pod" when head.Body.Node?["status"]?["phase"]?.Text is "Succeeded" or "Failed" => "it has ended",
        "ReplicaSet" when head.Body.Node?["spec"]?["replicas"]?.Text == "0" && head.Body.Node["metadata"]?["ownerReferences"] is not null => "its Deployment has gone on to another",
        _ => null,
    };
}
