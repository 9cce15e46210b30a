using Viaduct.Oci;

namespace Viaduct.Cli.Printing;

/// <summary>An image as JSON.</summary>
internal static class ImageTreeJson
{
    public static byte[] Write(string name, ImageTree tree) => Json.Document(version: 1, json =>
    {
        json.Name("name").String(name);
        Members(json, tree);
    });

    private static void Members(GoJsonWriter json, ImageTree tree)
    {
        json.Name("mediaType").String(tree.Descriptor.MediaType)
            .Name("digest").String(tree.Descriptor.Digest.ToString())
            .Name("size").Number(tree.Descriptor.Size)
            .Optional("platform", tree.Platform?.ToString());
        if (tree is { Manifest: null, Fault: { } fault }) json.Name(fault).Boolean(true);
        json.Map("annotations", tree.Annotations);
        if (tree.Entry is { } entry) json.Map("entryAnnotations", entry.Annotations);
        if (tree.Image is { } image)
        {
            json.Name("config");
            Blob(json, image.Config, tree.Config, tree.Fault);
            json.Name("layers").BeginArray();
            foreach (var layer in image.Layers) Blob(json, layer);
            json.EndArray();
        }
        if (tree.Manifest is not { IsIndex: true }) return;
        json.Name("manifests").BeginArray();
        foreach (var child in tree.Children)
        {
            json.BeginObject();
            Members(json, child);
            json.EndObject();
        }
        json.EndArray();
    }

    private static void Blob(GoJsonWriter json, Descriptor blob, ImageConfig? config = null, string? fault = null)
    {
        json.BeginObject()
            .Name("mediaType").String(blob.MediaType)
            .Name("digest").String(blob.Digest.ToString())
            .Name("size").Number(blob.Size);
        if (fault is not null) json.Name(fault).Boolean(true);
        if (config is not null)
            json.Name("platform").String(config.Platform.ToString())
                .Optional("created", config.Created)
                .Optional("user", config.Container.User)
                .Optional("entrypoint", config.Container.Entrypoint)
                .Optional("cmd", config.Container.Cmd)
                .Optional("env", config.Container.Env)
                .Map("labels", config.Container.Labels);
        json.EndObject();
    }
}
