namespace Viaduct.Server;

/// <summary>Something about a played registry that can be chosen.</summary>
/// <param name="Most">The largest number, or the longest time in milliseconds.</param>
internal sealed record Setting(string Name, SettingKind Kind, string Default, string Help, long Most = 0);
