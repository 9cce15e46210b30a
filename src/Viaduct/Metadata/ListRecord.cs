using Viaduct.Oci;
using Viaduct.Planning;

namespace Viaduct.Metadata;

/// <summary>An image's list and its tags.</summary>
/// <param name="Action"><c>pushed</c>, <c>tagged</c> or <c>unchanged</c>.</param>
public sealed record ListRecord(string Digest, string MediaType, long Size, IReadOnlyList<string> Names, string Action, string Reason)
{
    internal static ListRecord Of(Plan plan, string image, RawManifest list, IReadOnlyList<Reference> names)
    {
        var push = plan.Steps.OfType<Step.List>().FirstOrDefault(s => s.Image == image);
        var tag = plan.Steps.OfType<Step.Tag>().FirstOrDefault(s => s.Image == image && s.Platform is null);
        var (action, reason) = push is not null ? ("pushed", push.Reason) : tag is not null ? ("tagged", tag.Reason) : ("unchanged", "the registry has it");
        return new ListRecord(list.Digest.ToString(), list.MediaType, list.Bytes.Length, [.. names.Select(n => n.ToString())], action, reason);
    }
}
