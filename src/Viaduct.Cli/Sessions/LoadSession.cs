using Viaduct.Build.Engines;
using Viaduct.Cli.Errors;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Simulation;

namespace Viaduct.Cli.Sessions;

/// <summary>One image on its way into an engine, under a name.</summary>
/// <param name="Platform">That of the image.</param>
/// <param name="Wanted">What was asked for with <c>--platform</c>; null for the engine's own.</param>
internal sealed record LoadSession(IEngine Engine, ImageSession Image, RawManifest Manifest, Reference Name, Platform Platform, Platform? Wanted)
{
    /// <exception cref="ViaductException">VIA9035 when the engine would take nothing; VIA9031 for what is no image.</exception>
    public static async Task<LoadSession> SelectAsync(IEngine engine, ImageSession image, Reference name, Platform? wanted, CancellationToken cancellationToken)
    {
        if (!image.Manifest.IsIndex && !image.Manifest.IsImage) throw CliErrors.NoImage(image.Name, "it is something else that a registry keeps");
        var runtime = RuntimeOf(engine.Info);
        var list = await Candidates.ReadAsync(image.Source, image.Manifest, runtime.LooksAtConfigs || !image.Manifest.IsIndex, cancellationToken).ConfigureAwait(false);
        var selection = Selector.For(runtime, wanted ?? engine.Info.Platform, asHost: wanted is null).Explain(list, image.Name);
        if (selection.Chosen is not { } chosen) throw CliErrors.NothingTaken(selection, image.Name);
        var manifest = chosen.Digest == image.Manifest.Digest ? image.Manifest
            : await image.Source.FindManifestAsync(chosen.Digest.ToString(), cancellationToken).ConfigureAwait(false) ?? throw CliErrors.NotFound($"{image.Name}, {chosen.Digest}");
        var config = await image.Source.ReadConfigAsync(manifest.AsImage(image.Name).Config, cancellationToken).ConfigureAwait(false);
        return new(engine, image, manifest, name, config.Platform, wanted);
    }

    /// <summary>Sends it, and asks what the engine then has under the name.</summary>
    /// <returns>The digest that the engine knows it by.</returns>
    public async Task<string> LoadAsync(CancellationToken cancellationToken)
    {
        await Engine.LoadAsync(Platform, (stream, token) => DockerArchive.ExportAsync(Image.Source, Manifest, [Name], stream, token), cancellationToken).ConfigureAwait(false);
        var found = await Engine.FindAsync(Name, cancellationToken).ConfigureAwait(false);
        return found is not null && (found == Manifest.Digest.ToString() || found == Manifest.AsImage().Config.Digest.ToString())
            ? found
            : throw CliErrors.NotTheLoaded(Engine.Info, Engine.NameOf(Name), found);
    }

    /// <summary>The rules of the engine; of an engine that tells no version that is known, those of the newest.</summary>
    private static Runtime RuntimeOf(EngineInfo engine)
    {
        // ctr run takes the best of the host's platform, as its mount does.
        var (name, mode) = engine.Name == "containerd" ? ("ctr", " mount") : (engine.Name, engine.HasContainerdStore ? " store" : "");
        return Runtimes.TryParse($"{name} {engine.Version}{mode}", out var runtime) || Runtimes.TryParse($"{name} {engine.Version}", out runtime) ? runtime : Runtimes.Parse(name + mode);
    }
}
