namespace Viaduct.Metadata;

/// <summary>One image of the set.</summary>
/// <param name="List">Null when it was left out; <paramref name="ListSkipped"/> says why.</param>
/// <param name="Problems">What was found wrong when the list was read back.</param>
public sealed record ImageRecord(
    string Name, IReadOnlyList<PlatformRecord> Platforms, ListRecord? List, string? ListSkipped, IReadOnlyList<string> Problems);
