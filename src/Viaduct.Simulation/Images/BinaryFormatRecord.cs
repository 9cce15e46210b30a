using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>A <see cref="BinaryFormat"/> as JSON. A test holds it to have every member.</summary>
internal static class BinaryFormatRecord
{
    public static void Write(GoJsonWriter json, BinaryFormat format)
    {
        json.BeginObject()
            .Name("kind").Number((int)format.Kind)
            .Optional("architecture", format.Architecture)
            .Name("bits").Number(format.Bits)
            .Name("bigEndian").Boolean(format.BigEndian)
            .Name("machine").Number(format.Machine)
            .Name("type").Number(format.Type)
            .Name("flags").Number(format.Flags)
            .Name("systemAbi").Number(format.SystemAbi)
            .Name("subsystem").Number(format.Subsystem)
            .Name("isLibrary").Boolean(format.IsLibrary)
            .Name("isPortable").Boolean(format.IsPortable)
            .Name("isHybrid").Boolean(format.IsHybrid)
            .Name("floatAbi").Number((int)format.FloatAbi)
            .Name("hasInterpreter").Boolean(format.HasInterpreter);
        if (format.Level is { } level)
            json.Name("level").Number(level.Number).Name("levelCertain").Boolean(level.Certain);
        Text(json, "interpreter", format.Interpreter);
        Text(json, "argument", format.Argument);
        Text(json, "defect", format.Defect);
        json.EndObject();
    }

    /// <exception cref="FormatException">A number is out of range; what JsonElement throws for members that are missing or of another kind.</exception>
    public static BinaryFormat Read(JsonElement json) => new()
    {
        Kind = Known<BinaryKind>(json.GetProperty("kind")),
        Architecture = Text(json, "architecture"),
        Bits = json.GetProperty("bits").GetInt32(),
        BigEndian = json.GetProperty("bigEndian").GetBoolean(),
        Machine = json.GetProperty("machine").GetUInt16(),
        Type = json.GetProperty("type").GetUInt16(),
        Flags = json.GetProperty("flags").GetUInt32(),
        SystemAbi = json.GetProperty("systemAbi").GetByte(),
        Subsystem = json.GetProperty("subsystem").GetUInt16(),
        IsLibrary = json.GetProperty("isLibrary").GetBoolean(),
        IsPortable = json.GetProperty("isPortable").GetBoolean(),
        IsHybrid = json.GetProperty("isHybrid").GetBoolean(),
        FloatAbi = Known<FloatAbi>(json.GetProperty("floatAbi")),
        HasInterpreter = json.GetProperty("hasInterpreter").GetBoolean(),
        Level = json.TryGetProperty("level", out var level) ? new ProcessorLevel(level.GetInt32(), json.GetProperty("levelCertain").GetBoolean()) : null,
        Interpreter = Text(json, "interpreter"),
        Argument = Text(json, "argument"),
        Defect = Text(json, "defect"),
    };

    /// <summary>An enumeration's member by its number.</summary>
    public static T Known<T>(JsonElement json)
        where T : struct, Enum
    {
        var value = (T)Enum.ToObject(typeof(T), json.GetInt32());
        return Enum.IsDefined(value) ? value : throw new FormatException($"{value} is no {typeof(T).Name}");
    }

    /// <summary>Empty is not absent: a script may name an interpreter of no letters.</summary>
    private static void Text(GoJsonWriter json, string name, string? value)
    {
        if (value is not null) json.Name(name).String(value);
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
