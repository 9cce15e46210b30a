using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>The way through an engine that can export nothing: built into its own images under a name of the moment, and taken out from there.</summary>
internal sealed class EngineImage(BuildxRun run, BuildRequest request, DockerConnection engine, BlobSpool spool)
{
    /// <param name="onto">What the target stands on; null for scratch.</param>
    public async Task<BuiltImage> BuildAsync(Reference name, Digest key, BaseImage? onto, CancellationToken cancellationToken)
    {
        try
        {
            var config = await run.RunAsync(BuildxArguments.ToEngine(name.ToString()), cancellationToken).ConfigureAwait(false);
            var image = await new SavedImage(request, engine.Info, onto, spool).TakeAsync(engine, name, key, cancellationToken).ConfigureAwait(false);
            var saved = image.Blobs[0].Descriptor.Digest;
            return saved == config ? image : throw BuildxErrors.BadResult(request.Name, $"the engine saved {saved}, and {config} was built");
        }
        finally
        {
            await Farewell.TakeAsync(token => EngineBases.RemoveAsync(engine, name, token)).ConfigureAwait(false);
        }
    }
}
