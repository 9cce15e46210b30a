namespace Viaduct.Yaml;

/// <summary>A document, or an item of one that is a list.</summary>
/// <param name="Node">The document without what was handed out of it before.</param>
/// <param name="IsItem">Whether it stands in the document's <c>items</c>; the document itself follows after them.</param>
/// <param name="ListKind">Of an item: the document's <c>kind</c>, where that was told before.</param>
public readonly record struct DataPart(DataNode Node, bool IsItem, string? ListKind);
