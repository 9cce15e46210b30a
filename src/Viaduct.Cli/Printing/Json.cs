using Viaduct.Oci;

namespace Viaduct.Cli.Printing;

/// <summary>JSON documents of the command line: one object, first the version of its shape, indented by two, with a final newline.</summary>
internal static class Json
{
    public static byte[] Document(int version, Action<GoJsonWriter> members)
    {
        var json = new GoJsonWriter("  ").BeginObject().Name("version").Number(version);
        members(json);
        return [.. json.EndObject().ToBytes(), (byte)'\n'];
    }
}
