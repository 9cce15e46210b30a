namespace Viaduct.Build.Engines.Connections;

/// <param name="Server"><c>.</c> for this machine.</param>
internal sealed record PipeAddress(string Text, string Server, string Name) : EngineAddress(Text);
