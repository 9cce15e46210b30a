using System.Formats.Tar;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests;

/// <summary>An image as files and as settings, unpacked by crane and read by .NET: no code of Viaduct's looks at it.</summary>
internal sealed record UnpackedImage(IReadOnlyDictionary<string, string> Files, IReadOnlyDictionary<string, string> Settings)
{
    private static readonly string[] Known = ["Env", "Entrypoint", "Cmd", "User", "Labels", "WorkingDir", "ExposedPorts", "Volumes", "StopSignal"];

    public static async Task<UnpackedImage> ReadAsync(string name, string platform)
    {
        using var tar = new MemoryStream((await RealParts.CraneAsync("export", "--platform", platform, name, "-")).MustSucceed().Output);
        using var reader = new TarReader(tar);
        var files = new Dictionary<string, string>();
        while (reader.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            files[entry.Name.TrimEnd('/')] =
                $"{entry.EntryType} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {entry.LinkName}{(content.Length > 0 ? Digest.Sha256(content.ToArray()) : "")}".TrimEnd();
        }

        using var config = JsonDocument.Parse((await RealParts.CraneAsync("config", "--platform", platform, name)).MustSucceed().Output);
        var root = config.RootElement;
        var settings = new Dictionary<string, string>
        {
            ["platform"] = $"{Text(root, "os")}/{Text(root, "architecture")}/{Text(root, "variant")}",
            ["layers"] = root.GetProperty("rootfs").GetProperty("diff_ids").GetArrayLength().ToString(),
        };
        foreach (var setting in Known)
            settings[setting] = root.GetProperty("config").TryGetProperty(setting, out var value) ? value.GetRawText() : "";
        return new UnpackedImage(files, settings);
    }

    /// <summary>One line for each file or setting that is not the same, in order.</summary>
    public IReadOnlyList<string> DifferencesTo(UnpackedImage other) => [.. Compare(Files, other.Files), .. Compare(Settings, other.Settings)];

    private static IEnumerable<string> Compare(IReadOnlyDictionary<string, string> mine, IReadOnlyDictionary<string, string> its) =>
        from name in mine.Keys.Union(its.Keys).Order(StringComparer.Ordinal)
        let here = mine.GetValueOrDefault(name, "nothing")
        let there = its.GetValueOrDefault(name, "nothing")
        where here != there
        select $"{name}: {here} instead of {there}";

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
