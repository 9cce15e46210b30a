using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What was found in an image as JSON, for a cache: all but its config, which is read each time.</summary>
internal static class ImageRecord
{
    /// <summary>To be raised with every change of what is looked for or how it is told: what was kept before is then not found any more.</summary>
    private const int Version = 2;

    private static readonly Dictionary<string, FindingKind> Kinds = FindingKinds.All.ToDictionary(k => k.Code, StringComparer.Ordinal);

    public static Digest Key(Digest manifest, IReadOnlyList<string> words, bool deep) =>
        Digest.Sha256(new GoJsonWriter().BeginArray()
            .Number(Version).String(manifest.ToString()).Boolean(deep).BeginArray().Strings(words).EndArray().EndArray().ToBytes());

    public static byte[] Write(ImageContents contents)
    {
        var json = new GoJsonWriter().BeginObject();
        if (contents.Program is { } program) WriteProgram(json.Name("program"), program);
        WriteFindings(json, contents.Findings);
        return json.EndObject().ToBytes();
    }

    /// <returns>Null when the bytes are not what <see cref="Write"/> writes.</returns>
    public static ImageContents? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            return new ImageContents
            {
                Program = root.TryGetProperty("program", out var program) ? ReadProgram(program) : null,
                Findings = ReadFindings(root),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static void WriteProgram(GoJsonWriter json, StartedProgram program)
    {
        json.BeginObject().Name("name").String(program.Name).Name("files").BeginArray();
        foreach (var file in program.Files)
        {
            json.BeginObject().Name("path").String(file.Path).Name("format");
            BinaryFormatRecord.Write(json, file.Format);
            json.EndObject();
        }
        json.EndArray();
        WriteFindings(json, program.Findings);
        if (program.Behind is { } behind) WriteProgram(json.Name("behind"), behind);
        json.EndObject();
    }

    private static StartedProgram ReadProgram(JsonElement json) => new(
        TextOf(json, "name"),
        [.. json.GetProperty("files").EnumerateArray().Select(f => new ExaminedFile(TextOf(f, "path"), BinaryFormatRecord.Read(f.GetProperty("format"))))],
        ReadFindings(json))
    {
        Behind = json.TryGetProperty("behind", out var behind) ? ReadProgram(behind) : null,
    };

    private static void WriteFindings(GoJsonWriter json, IReadOnlyList<Finding> findings)
    {
        json.Name("findings").BeginArray();
        foreach (var finding in findings)
            json.BeginObject().Name("kind").String(finding.Kind.Code).Name("verdict").Number((int)finding.Verdict).Name("text").String(finding.Text).EndObject();
        json.EndArray();
    }

    private static IReadOnlyList<Finding> ReadFindings(JsonElement json) =>
        [.. json.GetProperty("findings").EnumerateArray().Select(f => new Finding(Kinds[TextOf(f, "kind")], BinaryFormatRecord.Known<Verdict>(f.GetProperty("verdict")), TextOf(f, "text")))];

    private static string TextOf(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");
}
