using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Manifests;

/// <summary>What all verbs over local lists work with.</summary>
/// <param name="Note">A line for people that changes no outcome: a duplicate that was left out, what docker itself would lose. Any thread may call it.</param>
/// <param name="Folder">What relative paths of layouts are relative to.</param>
public sealed record ManifestContext(ManifestStore Store, RegistryClient Registry, Action<string> Note, string Folder)
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The environment, which tells where docker is.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
}
