namespace Viaduct.Cli.Tests;

/// <summary>A pushed image, one engine, and no other that could be found.</summary>
public abstract class LoadBed : IAsyncLifetime
{
    private protected Place Place { get; } = new Place().Image("hello").With("XDG_RUNTIME_DIR", "/nowhere").With("CONTAINERD_ADDRESS", "/nowhere/containerd.sock").With("CONTAINER_HOST", "unix:///nowhere/podman.sock");

    private protected ScriptedEngine Engine { get; private set; } = null!;

    private protected string Name => $"{Place.Registry}/hello:latest";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "engines have unix sockets here");
        Engine = await ScriptedEngine.StartAsync();
        Place.With("DOCKER_HOST", Engine.Address);
        Assert.Equal(0, (await Place.RunAsync("push")).Exit);
    }

    public async ValueTask DisposeAsync()
    {
        if (Engine is not null) await Engine.DisposeAsync();
        Place.Dispose();
        GC.SuppressFinalize(this);
    }
}
