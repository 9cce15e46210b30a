namespace Viaduct.Acceptance.Tests;

/// <summary>Every registry, list and platform.</summary>
internal static class Everything
{
    public static MatrixTheoryData<RegistryKind, string, string> Pulls() => new(Enum.GetValues<RegistryKind>(), PushedSets.Images, PushedSets.Platforms);

    public static MatrixTheoryData<RegistryKind, string> Lists() => new(Enum.GetValues<RegistryKind>(), PushedSets.Images);
}
