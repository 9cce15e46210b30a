using System.Globalization;
using Viaduct.Cli.Printing;
using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Cli.Docker;

/// <summary>The documents of <c>--output json</c>, described by docs/schema/manifest.schema.json.</summary>
internal static class ManifestJson
{
    public static byte[] Created(StoredList list) => Json.Document(version: 1, json =>
    {
        json.Name("verb").String("create").Name("list").String(list.Name.ToString());
        Images(json, list);
    });

    public static byte[] Pushed(PushedList pushed, bool dryRun) => Json.Document(version: 1, json =>
    {
        json.Name("verb").String("push")
            .Name("list").String(pushed.Names[0].ToString())
            .Name("digest").String(pushed.List.Digest.ToString())
            .Name("mediaType").String(pushed.List.MediaType)
            .Name("size").Number(pushed.List.Bytes.Length)
            .Name("pushed").Boolean(!dryRun)
            .Name("names").BeginArray();
        foreach (var name in pushed.Names) json.String(name.ToString());
        json.EndArray().Name("images").BeginArray();
        foreach (var image in pushed.Images)
            Entry(json, image.From, image.Entry).Name("moved").Boolean(image.IsMoved).Name("attestation").Boolean(image.IsAttestation).EndObject();
        json.EndArray();
    });

    public static byte[] Listed(IReadOnlyList<ListedList> lists) => Json.Document(version: 1, json =>
    {
        json.Name("verb").String("ls").Name("lists").BeginArray();
        foreach (var list in lists)
        {
            json.BeginObject().Name("folder").String(list.Folder).Name("changed").String(Time(list.Changed));
            if (list.Name is { } name) json.Name("name").String(name.ToString());
            if (list.List is { Companion.Pushed: { } pushed } known) json.Name("pushed").String(pushed.ToString()).Name("changedSince").Boolean(!known.IsAsPushed);
            if (list.Problem is not null) json.Name("problem").String(list.Problem);
            if (list.List is not null) Images(json, list.List);
            json.EndObject();
        }
        json.EndArray();
    });

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Platforms of local lists may lack their words: annotate gives them.</summary>
    public static string Platform(Descriptor entry) => entry.Platform?.ToString() is { Length: > 1 } platform ? platform : "unknown";

    private static void Images(GoJsonWriter json, StoredList list)
    {
        json.Name("images").BeginArray();
        foreach (var entry in list.Entries) Entry(json, entry.Image.Ref.ToString(), entry.Image.Descriptor).EndObject();
        json.EndArray();
    }

    private static GoJsonWriter Entry(GoJsonWriter json, string name, Descriptor entry) => json.BeginObject()
        .Name("name").String(name)
        .Name("digest").String(entry.Digest.ToString())
        .Name("mediaType").String(entry.MediaType)
        .Name("size").Number(entry.Size)
        .Name("platform").String(Platform(entry));
}
