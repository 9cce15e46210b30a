using Viaduct.Build;
using Viaduct.Lists;
using Viaduct.Oci;
using Viaduct.Planning;
using Viaduct.Reports;

namespace Viaduct.Cli.Printing;

/// <summary>What a build made.</summary>
internal sealed record BuildReport(IReadOnlyList<(ChildId Id, Digest Key, Descriptor Image)> Images, IReadOnlyList<AssembledList> Lists)
{
    public static BuildReport Of(Plan plan, IReadOnlyList<(ChildId Id, BuiltImage Image)> built, IReadOnlyList<AssembledList> lists) =>
        new([.. built.Select(b => (b.Id, plan.Builds.First(s => s.Image == b.Id.Image && s.Platform == b.Id.Platform).Key, b.Image.Manifest.Descriptor))], lists);

    public string ToText()
    {
        var table = new TextTable("IMAGE", "PLATFORM", "DIGEST");
        foreach (var (id, _, image) in Images) table.Add(id.Image, id.Platform.ToString(), image.Digest.ToString());
        foreach (var list in Lists) table.Add(string.Join(", ", list.Targets.Select(t => $"{t.Repository}:{t.Tag}")), "list", list.List.Digest.ToString());
        return table.Render();
    }

    public byte[] ToJson() => Json.Document(version: 1, json =>
    {
        json.Name("images").BeginArray();
        foreach (var (id, key, image) in Images)
            json.BeginObject()
                .Name("name").String(id.Image)
                .Name("platform").String(id.Platform.ToString())
                .Name("key").String(key.ToString())
                .Name("digest").String(image.Digest.ToString())
                .Name("mediaType").String(image.MediaType)
                .Name("size").Number(image.Size)
                .EndObject();
        json.EndArray();
        ListReports.Write(json, Lists);
    });
}
