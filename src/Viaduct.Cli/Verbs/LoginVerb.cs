using System.CommandLine;
using Viaduct.Cli.Options;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct login</c>: a credential is shown to a registry, and then kept where docker keeps it.</summary>
internal static class LoginVerb
{
    public static Command Make(Caller caller)
    {
        var host = LoginHost.Argument();
        var user = new Option<string?>("--username", "-u") { Description = "The name; asked for on a terminal.", HelpName = "NAME" };
        var stdin = new Option<bool>("--password-stdin") { Description = "Read the password, or the token, from standard input." };
        var password = new Option<string?>("--password", "-p") { Description = "The password, for everybody on this machine to see: use --password-stdin.", HelpName = "TEXT" };
        var token = new Option<bool>("--identity-token") { Description = "What is given is no password but an identity token (an OAuth refresh token)." };
        var insecure = RegistryOptionsGroup.Insecure();
        var verb = new Verb("login", "Check a name and a password with a registry, and keep them where docker keeps them.",
            "viaduct login registry.example -u alice", "echo \"$TOKEN\" | viaduct login ghcr.io -u alice --password-stdin",
            "aws ecr get-login-password | viaduct login 123456789012.dkr.ecr.eu-central-1.amazonaws.com -u AWS --password-stdin",
            "echo \"$IBM_API_KEY\" | viaduct login de.icr.io -u iamapikey --password-stdin") { host, user, stdin, password, token, insecure };
        return verb.Does(caller, async (parse, cancellationToken) =>
        {
            var registry = LoginHost.Of(parse.GetValue(host));
            var logins = LoginHost.Logins(caller);
            var credential = await new LoginInput(caller, parse.GetValue(token)).ReadAsync(
                registry, parse.GetValue(user), parse.GetValue(password), parse.GetValue(stdin), cancellationToken).ConfigureAwait(false);
            var isChecked = await LoginCheck.AskAsync(registry, credential, new RegistryOptions
            {
                Credentials = NoCredentials.Instance,
                PlainHttp = Inputs.Words(parse.GetValue(insecure) ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase),
                Trace = parse.GetValue(CommonOptions.Verbose) ? trace => caller.Error.WriteLine(RegistryOptionsGroup.Line(trace)) : null,
            }, cancellationToken).ConfigureAwait(false);
            var kept = await logins.StoreAsync(registry, credential, cancellationToken).ConfigureAwait(false);
            caller.Text.WriteLine($"{registry}: logged in{(string.IsNullOrEmpty(credential.Username) ? "" : $" as {credential.Username}")}, kept {(kept.IsEncoded ? "in" : "by")} {kept.Place}");
            await NoteAsync(caller, registry, kept, isChecked, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
    }

    private static async Task NoteAsync(Caller caller, string registry, KeptLogin kept, bool isChecked, CancellationToken cancellationToken)
    {
        if (!isChecked) caller.Error.WriteLine($"note: {registry} asked for no credentials, so these are not checked");
        if (kept.IsEncoded) caller.Error.WriteLine("note: the file is not encrypted; a helper that its credsStore names would keep the secret safer");
        if (kept.Trouble is { } trouble) caller.Error.WriteLine($"note: {trouble.Render()}");
        try
        {
            if (await KnownCredentials.FromEnvironment(caller.Variable).VariableBeforeFilesAsync(registry, cancellationToken).ConfigureAwait(false) is { } variable)
                caller.Error.WriteLine($"note: {variable} is set for {registry}, and comes before what was kept now");
        }
        catch (ViaductException e)
        {
            // The login is done; what stands in its way later is said now.
            caller.Error.WriteLine($"note: {e.Render()}");
        }
    }
}
