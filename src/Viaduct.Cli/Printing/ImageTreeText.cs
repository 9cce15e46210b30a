using System.Text;
using Viaduct.Cli.Errors;
using Viaduct.Oci;
using Viaduct.Reports;

namespace Viaduct.Cli.Printing;

/// <summary>An image as a tree of lines.</summary>
internal static class ImageTreeText
{
    public static string Render(string name, ImageTree tree)
    {
        var text = new StringBuilder();
        text.Append(name).Append('\n');
        text.Append(Line(tree)).Append('\n');
        Below(text, tree, "");
        return Failures.Printable(text.ToString());
    }

    private static void Below(StringBuilder text, ImageTree tree, string indent)
    {
        var details = Details(tree).ToList();
        for (var i = 0; i < details.Count; i++) Branch(text, indent, details[i], i == details.Count - 1 && tree.Children.Count == 0);
        for (var i = 0; i < tree.Children.Count; i++)
        {
            var last = i == tree.Children.Count - 1;
            Branch(text, indent, $"{tree.Children[i].Platform?.ToString() ?? "no platform"}  {Line(tree.Children[i])}", last);
            Below(text, tree.Children[i], indent + (last ? "   " : "│  "));
        }
    }

    private static void Branch(StringBuilder text, string indent, string line, bool last) =>
        text.Append(indent).Append(last ? "└─ " : "├─ ").Append(line.Replace('\n', '?')).Append('\n');

    private static string Line(ImageTree tree)
    {
        if (tree.Manifest is null) return $"{tree.Descriptor.Digest}  {tree.Fault}";
        var annotations = tree.Annotations.Count + (tree.Entry?.Annotations.Count ?? 0);
        return $"{tree.Descriptor.Digest}  {ByteSize.Text(tree.Descriptor.Size)}  {tree.Descriptor.MediaType}{(annotations == 0 ? "" : $"  {annotations} annotation{(annotations == 1 ? "" : "s")}")}";
    }

    private static IEnumerable<string> Details(ImageTree tree)
    {
        if (tree.Config is { } config && tree.Entry?.Platform is { } said && !said.Same(config.Platform)) yield return $"config says {config.Platform}, not {said}";
        if (tree.Entry is null && tree.Platform is { } platform) yield return $"platform  {platform}";
        if (tree.Image is not { } image) yield break;
        yield return $"config  {Blob(image.Config)}{(tree.Fault is null ? "" : "  " + tree.Fault)}";
        foreach (var layer in image.Layers) yield return $"layer   {Blob(layer)}";
        if (tree.Config is not { } read) yield break;
        if (read.Created is { } created) yield return $"created  {created}";
        if (read.Container.User is { Length: > 0 } user) yield return $"user  {user}";
        if (read.Container.Entrypoint.Count > 0) yield return $"entrypoint  {string.Join(' ', read.Container.Entrypoint)}";
        if (read.Container.Cmd.Count > 0) yield return $"cmd  {string.Join(' ', read.Container.Cmd)}";
    }

    private static string Blob(Descriptor blob) => $"{blob.Digest}  {ByteSize.Text(blob.Size)}  {blob.MediaType}";
}
