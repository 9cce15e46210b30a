namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>One bed for all tests of a class, made when the first asks for it.</summary>
public sealed class Beds : IAsyncLifetime
{
    private Task<Bed>? _bed;

    internal Task<Bed> GetAsync() => _bed ??= Bed.StartAsync();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_bed is { IsCompletedSuccessfully: true } bed) await (await bed).DisposeAsync();
    }
}
