using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>What every object of Kubernetes has.</summary>
/// <param name="Group">Of the apiVersion; empty of the core ones.</param>
internal sealed record ObjectHead(string Kind, string Group, string Namespace, string Name, ObjectField Body)
{
    /// <summary>Names are not trusted in messages, and are never longer than the API server takes them.</summary>
    private const int MaxName = 253;

    /// <summary>False where the API server makes the name up (generateName).</summary>
    public bool HasName { get; private init; }

    public string Where => Body.Scope.At(null);

    public static ObjectHead Of(DataNode root, string kind, string file, ObjectRemarks remarks, string defaultNamespace)
    {
        var metadata = root["metadata"];
        var version = root["apiVersion"]?.Text ?? "";
        var name = TextOf(metadata, "name") ?? TextOf(metadata, "generateName");
        var space = TextOf(metadata, "namespace") is { Length: > 0 } written ? Shown(written) : defaultNamespace;
        var shown = name is null ? "(no name)" : Shown(name);
        var scope = new ObjectScope(remarks, file, root, $"{Shown(kind)} {space}/{shown}");
        return new ObjectHead(Shown(kind), version.Contains('/') ? Shown(version.Split('/')[0]) : "", space, shown, new ObjectField(scope, root, "")) { HasName = TextOf(metadata, "name") is { Length: > 0 } };
    }

    /// <summary>Of kinds that are stored: a file of a tool, and a review that the API server only answers, have none.</summary>
    public void CheckName()
    {
        var metadata = Body.Node?["metadata"];
        if (string.IsNullOrEmpty(TextOf(metadata, "name") ?? TextOf(metadata, "generateName")))
            new ObjectField(Body.Scope, metadata?["name"] ?? metadata, "metadata.name").Refuse("Required value: name or generateName is required");
    }

    /// <summary>Of what is looked up before it is known whether the object matters, so without remarks.</summary>
    private static string? TextOf(DataNode? map, string name) => map?[name] is { Kind: DataKind.Text, Text: { } text } ? text : null;

    private static string Shown(string text) => YamlErrors.Shown(text, MaxName);
}
