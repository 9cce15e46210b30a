using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Registries as registries.yaml describes them: for what-if, for examples, and where nothing can be asked.</summary>
public sealed class DescribedRegistries : IRegistries
{
    /// <summary>The host that stands for all that are not named.</summary>
    internal const string AnyHost = "*";

    private readonly IReadOnlyDictionary<string, DescribedRegistry> _byHost;
    private readonly DescribedContent _content = new();

    internal DescribedRegistries(IReadOnlyDictionary<string, DescribedRegistry> byHost) => _byHost = byHost;

    /// <exception cref="ViaductException">VIA2001 to VIA2005, VIA6050 to VIA6053, with file, line and column.</exception>
    public static DescribedRegistries Read(string path) => RegistriesFile.Read(YamlFile.Read(path, YamlErrors.Shown(path)));

    /// <inheritdoc cref="Read"/>
    /// <param name="shownAs">What errors call the file.</param>
    public static DescribedRegistries Parse(string text, string shownAs) => RegistriesFile.Read(YamlFile.Parse(text, shownAs));

    /// <summary>The hosts that are described, as they stand in references.</summary>
    public IEnumerable<string> Hosts => _byHost.Keys;

    /// <param name="registry">As <see cref="Reference.Registry"/> has it.</param>
    public bool Describes(string registry) => Find(registry) is not null;

    public async ValueTask<ImageAnswer> AskAsync(Reference image, RegistryLogin? login, CancellationToken cancellationToken)
    {
        if (Find(image.Registry) is not { } registry) return new ImageAnswer { Unknown = $"no registry {image.Registry} is described" };
        var repository = registry.Repositories.GetValueOrDefault(image.Repository);
        var manifest = repository is null ? null : await _content.FindAsync(image.Name, repository, image, cancellationToken).ConfigureAwait(false);
        var answer = registry.Answer(repository, manifest is not null, image, login);
        return manifest is not null && answer.Serves(SentCredentials.Of(login))
            ? new ImageAnswer { Answer = answer, Source = _content, Manifest = manifest, ProgramsAreUnknown = true }
            : new ImageAnswer { Answer = answer };
    }

    private DescribedRegistry? Find(string registry) => _byHost.GetValueOrDefault(registry) ?? _byHost.GetValueOrDefault(AnyHost);
}
