using System.Text.Json;

namespace Viaduct.Oci;

/// <summary>One line of <c>docker history</c>.</summary>
public sealed record HistoryEntry
{
    public string? Created { get; init; }

    public string? CreatedBy { get; init; }

    public string? Author { get; init; }

    public string? Comment { get; init; }

    public bool EmptyLayer { get; init; }

    internal static HistoryEntry Read(JsonElement element, Func<string, Exception> error) => new()
    {
        Created = element.Text("created", error),
        CreatedBy = element.Text("created_by", error),
        Author = element.Text("author", error),
        Comment = element.Text("comment", error),
        EmptyLayer = element.Flag("empty_layer", error),
    };

    internal void Write(GoJsonWriter json)
    {
        json.BeginObject()
            .Optional("created", Created)
            .Optional("created_by", CreatedBy)
            .Optional("author", Author)
            .Optional("comment", Comment);
        if (EmptyLayer) json.Name("empty_layer").Boolean(true);
        json.EndObject();
    }
}
