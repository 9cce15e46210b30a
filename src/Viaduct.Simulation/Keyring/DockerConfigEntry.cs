using System.Runtime.CompilerServices;

namespace Viaduct.Simulation;

/// <summary>One member of an auths map.</summary>
/// <param name="written">Its key as it is written.</param>
internal sealed class DockerConfigEntry(string written, RegistryLogin login)
{
    private StrongBox<RegistryPattern?>? _pattern;

    public string Written => written;

    public RegistryLogin Login => login;

    /// <summary>It holds an identity token, which kubelet does not read.</summary>
    public bool HasToken { get; init; }

    /// <summary>What its key stands for, read once for all images; null where kubelet passes over it.</summary>
    /// <param name="literalsOnly">The same each time: a document is read for one version.</param>
    public RegistryPattern? PatternFor(bool literalsOnly) =>
        (_pattern ??= new(RegistryKey.Normalize(written, literalsOnly) is { } key ? RegistryPattern.Parse(key, literalsOnly) : null)).Value;

    public override string ToString() => written;
}
