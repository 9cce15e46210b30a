using Viaduct.Oci;
using static Viaduct.Yaml.YamlErrors;

namespace Viaduct.Simulation;

/// <summary>The failures of descriptions of registries: VIA6050 to VIA6053.</summary>
internal static class RegistriesErrors
{
    public static ViaductException BadValue(string where, string key, string why, string? todo = null) =>
        new("VIA6050", $"'{Shown(key)}' {why}", where, todo, ExitCode.Usage);

    public static ViaductException Twice(string where, string what) =>
        new("VIA6051", $"{what} is described twice", where, "Write all of it in one place.", ExitCode.Usage);

    public static ViaductException None(string where) =>
        new("VIA6052", "no registry is described here", where, "Write a list below 'registries', each with its host.", ExitCode.Usage);

    public static ViaductException TooMany(string where, string what, int most) =>
        new("VIA6053", $"more {what} than {most} are described", where, exit: ExitCode.Usage);
}
