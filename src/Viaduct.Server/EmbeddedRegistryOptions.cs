using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>How the embedded registry is started.</summary>
public sealed record EmbeddedRegistryOptions
{
    /// <summary>The folder that holds everything; made when it is missing. One process owns it at a time.</summary>
    public required string Store { get; init; }

    /// <summary>The port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; } = EmbeddedRegistry.DefaultPort;

    /// <summary>
    /// Names beside <c>localhost</c>, <c>127.0.0.1</c> and <c>[::1]</c> that a request may carry in its <c>Host</c> header,
    /// as <c>host</c> or <c>host:port</c>: for those who forward the port under another name.
    /// </summary>
    public IReadOnlyCollection<string> AllowedHosts { get; init; } = [];

    /// <summary>Called once for every request, after its answer.</summary>
    public Action<RegistryRequest>? Log { get; init; }

    /// <summary>Which registry of the field is played; null for none. An object for one registry, because it counts.</summary>
    public Rehearsal? Rehearsal { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long an upload may stand still before its connection is closed.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Off only where the cost of durability is measured.</summary>
    internal bool Flush { get; init; } = true;

    /// <summary>Another one only where a disk that fails is played.</summary>
    internal Action<string> FlushDirectory { get; init; } = DirectorySync.Flush;
}
