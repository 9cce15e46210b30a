namespace Viaduct.Server.Tests;

/// <summary>A fresh registry for every test.</summary>
public abstract class RegistryTest : IAsyncLifetime
{
    internal TestRegistry Registry { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Registry = await TestRegistry.StartAsync();

    public ValueTask DisposeAsync() => Registry.DisposeAsync();
}
