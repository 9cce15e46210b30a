using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>The object that is being read.</summary>
/// <param name="Name">For people: <c>Deployment shop/web</c>.</param>
internal sealed record ObjectScope(ObjectRemarks Remarks, string File, DataNode Root, string Name)
{
    public string At(DataNode? node) => $"{File}:{(node ?? Root).Line}:{(node ?? Root).Column}";
}
