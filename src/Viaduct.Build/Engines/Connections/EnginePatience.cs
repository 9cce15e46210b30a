namespace Viaduct.Build.Engines.Connections;

/// <summary>How long an engine may take for what is no work. Builds, images and pulls take as long as they take; who waits can cancel them.</summary>
internal sealed record EnginePatience
{
    /// <summary>To say what it is. A socket of systemd starts its engine when it is called.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The same over ssh, which itself waits 30 seconds for the host to answer.</summary>
    public TimeSpan ConnectWithSsh { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>To answer a small question, or to name something: an engine that unpacks a large layer at the same time is slow.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>To take names away: no reason to wait long.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(10);
}
