namespace Viaduct.Build.Engines.Connections;

internal sealed record UnixAddress(string Text, string Path) : EngineAddress(Text);
