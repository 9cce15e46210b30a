using Viaduct.Copying;
using Viaduct.Oci;
using Viaduct.Promoting;
using Viaduct.Reports;
using Viaduct.Verification;

namespace Viaduct.Cli.Printing;

/// <summary>What was promoted, or would be.</summary>
internal static class PromotionReport
{
    public static string Text(PromotionResult result, bool isCheck)
    {
        var table = new TextTable("NAME", "PLATFORM", "DIGEST", "DONE");
        foreach (var (name, copy) in result.Copies)
            foreach (var (tag, set) in copy.Tags)
                table.Add($"{copy.Target.Name}:{tag}", name.Platform?.ToString() ?? Kind(name), copy.Root.Digest.ToString(), Word(set, isCheck));
        return table.Render() + Sum(result, isCheck);
    }

    /// <summary>The shape is <c>docs/schema/promotion.schema.json</c>.</summary>
    public static byte[] Json(string source, string target, bool isCheck, PromotionResult result, NodeKinds kinds) => Printing.Json.Document(1, json =>
    {
        json.Name("source").String(source).Name("target").String(target).Name("check").Boolean(isCheck).Name("refused").Boolean(result.IsRefused).Name("names").BeginArray();
        foreach (var (name, copy) in result.Copies)
        {
            foreach (var (tag, set) in copy.Tags)
                json.BeginObject().Name("name").String($"{copy.Target.Name}:{tag}").Name("image").String(name.Image).Optional("platform", name.Platform?.ToString())
                    .Name("digest").String(copy.Root.Digest.ToString()).Name("mediaType").String(copy.Root.MediaType).Name("set").Boolean(set).EndObject();
        }
        json.EndArray()
            .Name("manifests").Number(result.Copies.Sum(c => c.Copy.Manifests.Copied))
            .Name("blobs").Number(result.Copies.Sum(c => c.Copy.Blobs.Copied))
            .Name("bytes").Number(result.Copies.Sum(c => c.Copy.Bytes))
            .Name("signatureTags").Number(result.Copies.Sum(c => c.Copy.SignatureTags.Count));
        SimulationJson.Lists(json.Name("before"), result.Before, kinds);
        SimulationJson.Lists(json.Name("after"), result.After, kinds);
    });

    private static string Sum(PromotionResult result, bool isCheck)
    {
        if (result.IsNothing) return "Nothing to do: production has all of it.\n";
        var copies = result.Copies.Select(c => c.Copy).ToList();
        var (manifests, blobs, tags) = (copies.Sum(c => c.Manifests.Copied), copies.Sum(c => c.Blobs.Copied), copies.Sum(c => c.Tags.Count(t => t.Set) + c.SignatureTags.Count));
        return $"{Counted(manifests, "manifest")} and {Counted(blobs, "blob")} ({ByteSize.Text(copies.Sum(c => c.Bytes))}) {(isCheck ? "to copy" : "copied")}, {Counted(tags, "tag")} {(isCheck ? "to set" : "set")}.\n";
    }

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string Kind(Promoted name) => MediaTypes.IsIndex(name.Content.MediaType) ? "list" : "image";

    private static string Word(bool set, bool isCheck) => !set ? "as it was" : isCheck ? "to promote" : "promoted";
}
