using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Cli.Sessions;

/// <summary>A list to choose from, wherever it lies.</summary>
/// <param name="Reference">As error texts name it; a file has no name, so it is the digest.</param>
/// <param name="Notes">What could not be read of it.</param>
internal sealed record SelectSession(string Name, string Reference, Candidates List, IReadOnlyList<string> Notes)
{
    public static async Task<SelectSession> ReadAsync(string text, IReadOnlyList<Runtime> runtimes, RegistryOptionsGroup registries, ParseResult parse, Caller caller, CancellationToken cancellationToken)
    {
        if (ManifestFile.IsMeant(text, caller)) return await OfFileAsync(text, caller, cancellationToken).ConfigureAwait(false);
        await using var image = await ImageSession.OpenAsync(text, registries, parse, caller, cancellationToken).ConfigureAwait(false);
        var list = await ReadAsync(image.Name, image.Manifest, () => Candidates.ReadAsync(image.Source, image.Manifest, allConfigs: runtimes.Any(r => r.LooksAtConfigs), cancellationToken)).ConfigureAwait(false);
        return new(image.Name, image.Reference is { } reference ? ListSimulator.Named(reference) : image.Manifest.Digest.ToString(), list, Unread(list));
    }

    private static async Task<SelectSession> OfFileAsync(string text, Caller caller, CancellationToken cancellationToken)
    {
        var (name, manifest) = (ManifestFile.NameOf(text), await ManifestFile.ReadAsync(text, caller, cancellationToken).ConfigureAwait(false));
        var list = await ReadAsync(name, manifest, () => manifest.IsImage
            ? Task.FromResult(Candidates.OfImage(new Candidate(manifest.Descriptor)))
            : Candidates.ReadAsync(new ManifestFile(), manifest, allConfigs: false, cancellationToken)).ConfigureAwait(false);
        return new(name, manifest.Digest.ToString(), list, manifest.IsImage ? ["The image's config cannot be read from a file: whoever looks at its platform is taken to find none."] : Unread(list));
    }

    /// <summary>What is wrong with the content is told with the name that was given.</summary>
    private static async Task<Candidates> ReadAsync(string name, RawManifest manifest, Func<Task<Candidates>> read)
    {
        try
        {
            return ListSimulator.WhyNoImage(manifest) is { } why ? throw CliErrors.NoImage(name, why) : await read().ConfigureAwait(false);
        }
        catch (ViaductException e) when ((e.Where is null || e.Where == manifest.Digest.ToString()) && e.IsAboutContent())
        {
            throw new ViaductException(e.Code, e.Message, name, e.Todo, e.Exit, e) { Kind = e.Kind };
        }
    }

    private static List<string> Unread(Candidates list)
    {
        var unread = list.Entries.Count(e => list.IsList && e is { Config: null, Nested: null } && (e.Entry.Platform is null || MediaTypes.IsIndex(e.Entry.MediaType)));
        return unread == 0 ? [] : [$"{unread} {(unread == 1 ? "entry" : "entries")} without a platform or with a list inside could not be looked into: what runtimes would find there is not known."];
    }
}
