namespace Viaduct.Simulation;

/// <summary>A containerd that is set to pull locally, beside the one that is not.</summary>
internal static class LocalRuntimes
{
    /// <summary>The same runtime set so; before 2.1 there was no other way, and the runtime is itself.</summary>
    public static Runtime Of(Runtime runtime) => Runtimes.TryParse($"{runtime.Name} {runtime.Version} local", out var local) ? local : runtime;

    /// <summary>Whether it pulls through the transfer service unless its config.toml says otherwise.</summary>
    public static bool HasChoice(Runtime runtime) => Of(runtime) != runtime;
}
