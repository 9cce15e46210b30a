using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>
/// The lists of a config while a stage's instructions change them: taken out of the config at the first change and put back at the stage's
/// end, because a copy at every instruction makes a long Dockerfile cost the square of its length.
/// </summary>
internal sealed class ConfigLists(StageImage image)
{
    private EnvironmentVariables? _environment;
    private Dictionary<string, string>? _labels;
    private HashSet<string>? _volumes;
    private List<string>? _onBuild;

    public EnvironmentVariables Environment => _environment ??= new EnvironmentVariables(image.Container.Env);

    public Dictionary<string, string> Labels => _labels ??= image.Container.Labels.ToDictionary();

    public HashSet<string> Volumes => _volumes ??= new HashSet<string>(image.Container.Volumes, StringComparer.Ordinal);

    public List<string> OnBuild => _onBuild ??= [.. image.Container.OnBuild];

    /// <summary>Ports are put back only into the image that is asked for: as text they are a thousand times as large.</summary>
    public ExposedPorts Ports => image.Ports ??= new ExposedPorts(image.Container.ExposedPorts);

    public void PutBack()
    {
        if (_environment is not null) image.Container = image.Container with { Env = _environment.Pairs };
        if (_labels is not null) image.Container = image.Container with { Labels = _labels };
        if (_volumes is not null) image.Container = image.Container with { Volumes = [.. _volumes.Order(StringComparer.Ordinal)] };
        if (_onBuild is not null) image.Container = image.Container with { OnBuild = _onBuild };
        (_environment, _labels, _volumes, _onBuild) = (null, null, null, null);
    }
}
