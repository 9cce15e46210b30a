using System.Text.Json;
using Viaduct.Tests;

namespace Viaduct.Cli.Tests;

/// <summary>Holds JSON that was printed to a schema in <c>docs/schema</c>.</summary>
internal static class Schemas
{
    public static void Conforms(string file, JsonElement value)
    {
        var schema = SchemaConformity.Schema(file);
        SchemaConformity.Conforms(schema, schema, value);
    }
}
