using Viaduct.Lists;
using Viaduct.Oci;

namespace Viaduct.Cli.Printing;

/// <summary>Lists that were made, as JSON.</summary>
internal static class ListReports
{
    public static byte[] ToJson(IReadOnlyList<AssembledList> lists) => Json.Document(version: 1, json => Write(json, lists));

    public static void Write(GoJsonWriter json, IReadOnlyList<AssembledList> lists)
    {
        json.Name("lists").BeginArray();
        foreach (var list in lists)
            json.BeginObject()
                .Name("names").Strings(list.Targets.Select(t => t.ToString()))
                .Name("digest").String(list.List.Digest.ToString())
                .Name("mediaType").String(list.List.MediaType)
                .Name("size").Number(list.List.Bytes.Length)
                .EndObject();
        json.EndArray();
    }
}
