namespace Viaduct.Server;

internal static class KnownPersonalities
{
    public static readonly IReadOnlyList<Personality> All = [Artifactory.Made, Ecr.Made, Gar.Made, Ghcr.Made, Harbor.Made, Hub.Made, Quay.Made];

    public static Personality Of(string name) =>
        All.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw RehearsalErrors.Unknown(name, All.Select(p => p.Name));
}
