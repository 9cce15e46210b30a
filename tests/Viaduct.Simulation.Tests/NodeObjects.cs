using System.Text.Json;
using System.Text.Json.Nodes;

namespace Viaduct.Simulation.Tests;

/// <summary>Node objects as Kubernetes has them.</summary>
internal static class NodeObjects
{
    public static string List(params JsonObject[] items) =>
        new JsonObject { ["apiVersion"] = "v1", ["items"] = new JsonArray([.. items.Select(i => (JsonNode)i)]), ["kind"] = "List" }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    public static JsonObject Item(string name, string platform, string runtime, string kubelet, string system) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Node",
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject() },
        ["status"] = new JsonObject
        {
            ["nodeInfo"] = new JsonObject
            {
                ["architecture"] = platform.Split('/')[1], ["operatingSystem"] = platform.Split('/')[0], ["containerRuntimeVersion"] = runtime,
                ["kubeletVersion"] = kubelet, ["osImage"] = system.Split("; ")[0], ["kernelVersion"] = system.Split("; ")[1],
            },
        },
    };
}
