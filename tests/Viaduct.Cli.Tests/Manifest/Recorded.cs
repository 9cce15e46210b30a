using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Viaduct.Cli.Tests.Manifest;

/// <summary>What the docker command line answers to words that ask no registry: docker-28.5.2-usage.jsonl, a run a line. Of help only its shape is kept.</summary>
internal sealed partial record Recorded(string[] Args, int Exit, string[] Output, string[] Error)
{
    public static IEnumerable<Recorded> All { get; } = [.. File.ReadLines(FileOf("docker-28.5.2-usage.jsonl")).Select(Read)];

    public static string FileOf(string name, [CallerFilePath] string here = "") => Path.GetFullPath($"../{name}", here);

    /// <summary>Usage, flags with their types, names of commands: everything but descriptions, and nothing that docker does not have.</summary>
    public static string[] ShapeOf(string help)
    {
        var shape = new List<string>();
        var ours = false;
        foreach (var line in help.Split('\n'))
        {
            if (line.EndsWith(':')) ours = line.Contains("docker does not have") || line == "Examples:";
            if (!ours && Shape().Match(line) is { Success: true } match) shape.Add(match.Value.TrimEnd() is var text && text.StartsWith("  ") && !text.Contains('-') ? text.Trim() : text);
        }
        return [.. shape];
    }

    private static Recorded Read(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        return new(Words("args"), json.GetProperty("exit").GetInt32(), Words("out"), Words("err"));

        string[] Words(string name) => [.. json.GetProperty(name).EnumerateArray().Select(w => w.GetString()!)];
    }

    [GeneratedRegex("^(Flag shorthand .*|Usage:.*|Options:|Commands:|(  -[a-z], |      )--[a-z-]+( strings?)?|  [a-z]+    )")]
    private static partial Regex Shape();
}
