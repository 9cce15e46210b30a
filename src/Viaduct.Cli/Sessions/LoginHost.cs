using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Cli.Sessions;

/// <summary>The registry of a login, and where logins are kept.</summary>
internal static class LoginHost
{
    public static Argument<string?> Argument() => new("HOST")
    {
        Description = "The registry, as it stands in the names of images; Docker Hub by default. An address does, too.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <exception cref="ViaductException">VIA9050.</exception>
    public static string Of(string? text)
    {
        if (text is null) return Reference.DockerHub;
        var registry = DockerLogins.RegistryOf(text);
        // What is no host in a name would be kept, and never found again.
        return Reference.TryParse($"{registry}/x/y", out var name) && name.Registry == registry ? registry : throw CliErrors.NoHost(text);
    }

    public static DockerLogins Logins(Caller caller) => new(
        Path.GetFullPath(DockerConfigFile.FolderOf(caller.Variable), caller.Folder), caller.Variable);
}
