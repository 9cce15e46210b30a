using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Files of a node by their full paths there: a file beside nodes.yaml, <c>{content: …}</c>, or <c>{unreadable: true}</c>.</summary>
internal static class FileEntries
{
    internal static readonly IReadOnlyList<string> Keys = ["content", "unreadable"];

    public static IReadOnlyDictionary<string, NodeFileText> All(YamlMap? said, NodeFolder folder)
    {
        if (said is null) return KubeletSetup.Default.Files;
        var files = new Dictionary<string, NodeFileText>(StringComparer.Ordinal);
        foreach (var path in said.Keys)
            files[KubeletEntry.Full(path, "files", said.Where(path))] = Of(said.Value(path)!, folder);
        return files;
    }

    private static NodeFileText Of(YamlValue said, NodeFolder folder)
    {
        if (said.Text is { } written) return new(folder.Text(written, said.Where), said.Where);
        if (said.Map is not { } map) throw YamlErrors.WrongKind(said.Where, "a file", "the path of a file beside this one, or a mapping");
        map.Only(Keys);
        var unreadable = map.Value("unreadable") is { IsNull: false } truth && NodeEntry.Truth("unreadable", truth);
        var content = map.Value("content");
        if (unreadable == content is not null) throw NodeErrors.BadValue(said.Where, "files", "needs either 'content' or 'unreadable: true' for a file");
        return new(unreadable ? null : content!.IsNull ? "" : content.Text ?? throw YamlErrors.WrongKind(content.Where, "content", "a text"), said.Where);
    }
}
