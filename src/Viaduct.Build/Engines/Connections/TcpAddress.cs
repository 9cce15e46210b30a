namespace Viaduct.Build.Engines.Connections;

/// <param name="Host">An IPv6 address is without brackets.</param>
internal sealed record TcpAddress(string Text, string Host, int Port) : EngineAddress(Text);
