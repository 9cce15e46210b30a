using System.Globalization;
using System.Runtime.InteropServices;

namespace Viaduct.Registry;

/// <summary>Where the programs of this machine keep credentials.</summary>
internal static partial class CredentialPlaces
{
    private const string RegistryAuthFile = "REGISTRY_AUTH_FILE";

    /// <summary>What docker reads, in its order: the variable before the file (docker/cli cli/config/configfile/file.go, GetCredentialsStore).</summary>
    public static IEnumerable<AuthFile> Docker(string folder, Func<string, string?> variable, CredentialHelpers helpers)
    {
        const string Variable = "DOCKER_AUTH_CONFIG";
        if (Value(variable, Variable) is { } text) yield return AuthFile.InVariable(Variable, text, helpers);
        yield return AuthFile.At(Path.Combine(folder, "config.json"), CredentialFormat.Docker, helpers);
    }

    /// <summary>What podman, buildah and skopeo read besides (containers-auth.json(5)), and the file of old that they still read.</summary>
    public static IEnumerable<AuthFile> Others(Func<string, string?> variable, CredentialHelpers helpers)
    {
        var isGuess = Value(variable, RegistryAuthFile) is null;
        foreach (var path in Podman(variable).Distinct()) yield return AuthFile.At(path, CredentialFormat.Podman, helpers, isGuess);
        yield return AuthFile.At(Path.Combine(DockerConfigFile.Home(variable), ".dockercfg"), CredentialFormat.Legacy, helpers, isGuess: true);
    }

    private static IEnumerable<string> Podman(Func<string, string?> variable)
    {
        const string File = "containers/auth.json";
        if (Value(variable, RegistryAuthFile) is { } named)
        {
            // Who names a file wants no other of them.
            yield return named;
            yield break;
        }
        if (OperatingSystem.IsLinux())
            yield return Value(variable, "XDG_RUNTIME_DIR") is { } runtime ? Path.Combine(runtime, File) : $"/run/containers/{UserId().ToString(CultureInfo.InvariantCulture)}/auth.json";
        else
            yield return Path.Combine(DockerConfigFile.Home(variable), ".config", File);
        yield return Path.Combine(Value(variable, "XDG_CONFIG_HOME") ?? Path.Combine(DockerConfigFile.Home(variable), ".config"), File);
    }

    private static string? Value(Func<string, string?> variable, string name) => variable(name) is { Length: > 0 } value ? value : null;

    [LibraryImport("libc", EntryPoint = "getuid")]
    private static partial uint UserId();
}
