using System.Text;
using System.Text.Json;

namespace Viaduct.Cli.Tests;

/// <summary>What a run of the command line left behind.</summary>
internal sealed record Outcome(int Exit, byte[] Bytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;
}
