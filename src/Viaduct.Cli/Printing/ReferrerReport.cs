using System.Text;
using Viaduct.Cli.Errors;
using Viaduct.Oci;
using Viaduct.Reports;

namespace Viaduct.Cli.Printing;

/// <summary>What is about a manifest, as a tree of lines or as JSON.</summary>
internal static class ReferrerReport
{
    public static string Text(string name, ReferrerTree root, IReadOnlyList<ReferrerTree> entries)
    {
        var text = new StringBuilder().Append($"{name}\n{root.Descriptor.Digest}\n");
        Below(text, root.Referrers, "");
        foreach (var entry in entries)
        {
            text.Append($"{entry.Descriptor.Platform?.ToString() ?? "no platform"}  {entry.Descriptor.Digest}\n");
            Below(text, entry.Referrers, "");
        }
        if (root.Referrers.Count == 0 && entries.Count == 0) text.Append("nothing is about it\n");
        return Failures.Printable(text.ToString());
    }

    public static byte[] Json(string name, ReferrerTree root, IReadOnlyList<ReferrerTree> entries) => Printing.Json.Document(1, json =>
    {
        json.Name("name").String(name).Name("digest").String(root.Descriptor.Digest.ToString()).Name("referrers");
        Write(json, root.Referrers);
        json.Name("manifests").BeginArray();
        foreach (var entry in entries)
        {
            json.BeginObject().Name("digest").String(entry.Descriptor.Digest.ToString());
            if (entry.Descriptor.Platform is { } platform) json.Name("platform").String(platform.ToString());
            json.Name("referrers");
            Write(json, entry.Referrers);
            json.EndObject();
        }
        json.EndArray();
    });

    private static void Write(GoJsonWriter json, IReadOnlyList<ReferrerTree> referrers)
    {
        json.BeginArray();
        foreach (var referrer in referrers)
        {
            json.BeginObject()
                .Name("digest").String(referrer.Descriptor.Digest.ToString())
                .Name("mediaType").String(referrer.Descriptor.MediaType)
                .Name("size").Number(referrer.Descriptor.Size)
                .Name("artifactType").String(referrer.Descriptor.ArtifactType ?? "")
                .Map("annotations", referrer.Descriptor.Annotations)
                .Name("referrers");
            Write(json, referrer.Referrers);
            json.EndObject();
        }
        json.EndArray();
    }

    private static void Below(StringBuilder text, IReadOnlyList<ReferrerTree> referrers, string indent)
    {
        for (var i = 0; i < referrers.Count; i++)
        {
            var last = i == referrers.Count - 1;
            var (descriptor, created) = (referrers[i].Descriptor, referrers[i].Descriptor.Annotations.GetValueOrDefault(Annotations.Created));
            text.Append($"{indent}{(last ? "└─ " : "├─ ")}{descriptor.ArtifactType ?? descriptor.MediaType}  {descriptor.Digest}  {ByteSize.Text(descriptor.Size)}{(created is null ? "" : $"  {created}")}".Replace('\n', '?'))
                .Append('\n');
            Below(text, referrers[i].Referrers, indent + (last ? "   " : "│  "));
        }
    }
}
