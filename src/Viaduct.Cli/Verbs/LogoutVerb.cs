using System.CommandLine;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct logout</c>: what docker keeps of a registry is erased.</summary>
internal static class LogoutVerb
{
    public static Command Make(Caller caller)
    {
        var host = LoginHost.Argument();
        return new Verb("logout", "Erase the credentials that docker keeps for a registry.", "viaduct logout registry.example", "viaduct logout") { host }.Does(caller, async (parse, token) =>
        {
            var registry = LoginHost.Of(parse.GetValue(host));
            var erased = await LoginHost.Logins(caller).EraseAsync(registry, token).ConfigureAwait(false);
            caller.Text.WriteLine($"{registry}: {(erased.WasKept ? "logged out" : "was not logged in")}");
            if (erased.Trouble is { } trouble) caller.Error.WriteLine($"warning: {trouble.Render()}");
            try
            {
                if (await KnownCredentials.FromEnvironment(caller.Variable).WhereAsync(registry, token).ConfigureAwait(false) is { } where)
                    caller.Error.WriteLine($"note: {where} has credentials for {registry}, too, and was not touched");
            }
            catch (ViaductException e)
            {
                caller.Error.WriteLine($"note: {e.Render()}");
            }
            return ExitCode.Done;
        });
    }
}
