using System.Text;
using Viaduct.Copying;
using Viaduct.Oci;
using Viaduct.Reports;

namespace Viaduct.Cli.Printing;

/// <summary>What was copied, or would be.</summary>
internal static class CopyReport
{
    public static string Text(IReadOnlyList<CopyResult> results, bool isDry)
    {
        var text = new StringBuilder();
        foreach (var result in results)
        {
            text.Append($"{NameOf(result)}: {result.Root.Digest}\n");
            text.Append($"  manifests  {Counted(result.Manifests, isDry)}\n");
            if (result.Blobs is not { Copied: 0, Present: 0, Mounted: 0 })
                text.Append($"  blobs      {Counted(result.Blobs, isDry)}, {ByteSize.Text(result.Bytes)}\n");
            if (result.Referrers > 0) text.Append($"  referrers  {result.Referrers}{(result.SignatureTags.Count > 0 ? $", {result.SignatureTags.Count} of them by a tag" : "")}\n");
            foreach (var layer in result.Foreign) text.Append($"  note       layer {layer.Digest} is not distributed through registries and was passed over\n");
        }
        return text.ToString();
    }

    public static byte[] Json(string source, IReadOnlyList<CopyResult> results, bool isDry) => Printing.Json.Document(1, json =>
    {
        json.Name("source").String(source).Name("dryRun").Boolean(isDry).Name("copies").BeginArray();
        foreach (var result in results)
        {
            json.BeginObject()
                .Name("target").String(result.Target.Name)
                .Name("digest").String(result.Root.Digest.ToString())
                .Name("mediaType").String(result.Root.MediaType)
                .Name("tags").BeginArray();
            foreach (var (tag, set) in result.Tags) json.BeginObject().Name("name").String(tag).Name("set").Boolean(set).EndObject();
            json.EndArray()
                .Name("manifests").BeginObject().Name("copied").Number(result.Manifests.Copied).Name("present").Number(result.Manifests.Present).EndObject()
                .Name("blobs").BeginObject().Name("copied").Number(result.Blobs.Copied).Name("mounted").Number(result.Blobs.Mounted).Name("present").Number(result.Blobs.Present).EndObject()
                .Name("bytes").Number(result.Bytes)
                .Name("referrers").Number(result.Referrers)
                .Name("signatureTags").Strings(result.SignatureTags)
                .Name("foreignLayers").Strings([.. result.Foreign.Select(f => f.Digest.ToString())])
                .EndObject();
        }
        json.EndArray();
    });

    private static string NameOf(CopyResult result) =>
        result.Tags.Count == 0 ? result.Target.Name : string.Join(", ", result.Tags.Select(t => $"{result.Target.Name}:{t.Tag}{(t.Set ? "" : " (as it was)")}"));

    private static string Counted(CopyCount count, bool isDry)
    {
        var parts = new List<string>();
        if (count.Copied > 0) parts.Add($"{count.Copied} {(isDry ? "to copy" : "copied")}");
        if (count.Mounted > 0) parts.Add($"{count.Mounted} {(isDry ? "to mount" : "mounted")}");
        if (count.Present > 0) parts.Add($"{count.Present} present");
        return string.Join(", ", parts);
    }
}
