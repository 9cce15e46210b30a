using System.Text;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Cli.Sessions;

/// <summary>The name and the secret of a login: from options, from standard input, or from whoever sits at the terminal.</summary>
/// <param name="isToken">The secret is an identity token.</param>
internal sealed class LoginInput(Caller caller, bool isToken)
{
    private const int MaxSecret = 64 << 10;

    /// <exception cref="ViaductException">VIA9051 and VIA9052.</exception>
    public async Task<Credential> ReadAsync(string registry, string? user, string? password, bool fromInput, CancellationToken cancellationToken)
    {
        if (password is not null && fromInput) throw CliErrors.NoSecret("--password and --password-stdin both give one", "Leave --password out.");
        if (password is not null) caller.Error.WriteLine("warning: a password on the command line is seen by other programs and kept by shells; use --password-stdin");
        var isAsked = password is null && !fromInput;
        if (user is null && !isToken && !(isAsked && caller.InputIsTerminal)) throw CliErrors.NoSecret("the name is missing", "Give it with --username.");
        if (isAsked && !caller.InputIsTerminal) throw CliErrors.NoSecret("there is no terminal to ask for the password", "Give it with --password-stdin.");
        user ??= isToken ? null : await AskAsync($"Name for {registry}: ", isSecret: false, cancellationToken).ConfigureAwait(false);
        if (user is not null) Check(user);
        var secret = fromInput ? await Task.Run(FromInput, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false)
            : password ?? await AskAsync(isToken ? "Identity token: " : "Password: ", isSecret: true, cancellationToken).ConfigureAwait(false);
        if (secret.Length == 0) throw CliErrors.NoSecret("the password is empty", "Look at what gives it.");
        return isToken ? new Credential(user, null) { IdentityToken = secret } : new Credential(user, secret);
    }

    private async Task<string> AskAsync(string question, bool isSecret, CancellationToken cancellationToken)
    {
        caller.Error.Write(question);
        // A console cannot be read with a token: who gives up ends the process with the question open.
        var answer = await Task.Run(() => caller.Ask(isSecret), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (isSecret) caller.Error.WriteLine();
        return answer ?? throw CliErrors.NoSecret("the answer was broken off", "Type it, or give it with --username and --password-stdin.");
    }

    /// <summary>All there is, without the end of its line, as docker takes it (docker/cli cli/command/registry/login.go, verifyLoginOptions).</summary>
    private string FromInput()
    {
        using var input = caller.Input() ?? throw CliErrors.NoSecret("there is no standard input", "Give the password to --password-stdin.");
        var bytes = new byte[MaxSecret + 1];
        var count = input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (count > MaxSecret) throw CliErrors.NoSecret($"the password has more than {MaxSecret} bytes", "Look at what gives it.");
        var text = Encoding.UTF8.GetString(bytes, 0, count);
        if (text.EndsWith('\n')) text = text[..^1];
        return text.EndsWith('\r') ? text[..^1] : text;
    }

    /// <summary>RFC 7617 parts name and password at the first colon, and so does config.json.</summary>
    private static void Check(string user)
    {
        if (user.Length == 0) throw CliErrors.NoSecret("the name is empty", "Give it with --username.");
        if (user.Contains(':') || user.Any(char.IsControl)) throw CliErrors.NoUser(user);
    }
}
