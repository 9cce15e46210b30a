namespace Viaduct.Simulation;

/// <summary>The name and password that kubelet hands to the runtime; no address goes with it. Never printed.</summary>
public sealed record RegistryLogin(string Username, string Password)
{
    public override string ToString() => "login";
}
