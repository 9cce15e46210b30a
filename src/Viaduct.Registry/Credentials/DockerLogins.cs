using System.Text;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// Keeps logins where docker keeps them: with the helper that config.json names for a registry, else in config.json itself.
/// docker, crane, skopeo and podman find them there.
/// </summary>
public sealed class DockerLogins
{
    private readonly ConfigFile _file;
    private readonly CredentialHelpers _helpers;

    /// <param name="folder">Of config.json; made when it is needed.</param>
    /// <param name="variable">The environment, for <c>PATH</c>.</param>
    public DockerLogins(string folder, Func<string, string?> variable, TimeProvider? clock = null)
    {
        _file = new ConfigFile(folder, clock ?? TimeProvider.System, FileOwner.Instance);
        _helpers = new CredentialHelpers(variable("PATH"), clock ?? TimeProvider.System);
    }

    /// <summary>The path of config.json.</summary>
    public string File => _file.Path;

    /// <summary>The registry that an address means, as it stands in a reference: <c>https://quay.io/v2/</c> is <c>quay.io</c>.</summary>
    public static string RegistryOf(string address) => RegistryKeys.RegistryOf(address);

    /// <param name="registry">As it stands in a reference.</param>
    /// <exception cref="ViaductException">VIA3040, VIA3041, VIA3043 or VIA3045; then nothing was stored.</exception>
    public async Task<KeptLogin> StoreAsync(string registry, Credential credential, CancellationToken cancellationToken)
    {
        var server = RegistryKeys.ServerAddress(registry);
        if ((await _file.ReadAsync(cancellationToken).ConfigureAwait(false))?.HelperOf(registry, null) is { } helper)
        {
            await _helpers.StoreAsync(helper.Program, helper.Server, credential, cancellationToken).ConfigureAwait(false);
            // docker leaves an empty entry, and with it takes away what stood there in clear (credentials/native_store.go, Store).
            var trouble = await TroubleOf(_file.ChangeAsync(old => ConfigEdit.Set(old, server, []), cancellationToken)).ConfigureAwait(false);
            return new KeptLogin("docker-credential-" + helper.Program, IsEncoded: false) { Trouble = trouble };
        }
        await _file.ChangeAsync(old => ConfigEdit.Set(old, server, Entry(credential)), cancellationToken).ConfigureAwait(false);
        return new KeptLogin(File, IsEncoded: true);
    }

    /// <exception cref="ViaductException">VIA3040, VIA3041, VIA3043 or VIA3045; then nothing was erased.</exception>
    public async Task<ErasedLogin> EraseAsync(string registry, CancellationToken cancellationToken)
    {
        if (await _file.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } document) return new ErasedLogin(false, null);
        var helper = document.HelperOf(registry, null);
        var changed = false;
        // The file first: a helper that cannot erase is no reason to leave a password there in clear.
        var cleaning = _file.ChangeAsync(old =>
        {
            var bytes = ConfigEdit.Remove(old, key => RegistryKeys.IsOf(key, registry) && !RegistryKeys.IsPath(key));
            changed = !bytes.AsSpan().SequenceEqual(old);
            return bytes;
        }, cancellationToken);
        if (helper is not { } known)
        {
            await cleaning.ConfigureAwait(false);
            return new ErasedLogin(changed, null);
        }
        var trouble = await TroubleOf(cleaning).ConfigureAwait(false);
        try
        {
            await EraseAsync(known, registry, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e) when (changed && trouble is null)
        {
            trouble = e;
        }
        return new ErasedLogin(true, trouble);
    }

    /// <summary>One half of a change: what fails in it does not undo the other.</summary>
    private static async Task<ViaductException?> TroubleOf(Task half)
    {
        try
        {
            await half.ConfigureAwait(false);
            return null;
        }
        catch (ViaductException e)
        {
            return e;
        }
    }

    /// <summary>Also under the names that old clients stored (docker/cli cli/command/registry/logout.go); those may be missing, and some helpers fail then.</summary>
    private async Task EraseAsync((string Program, string Server) helper, string registry, CancellationToken cancellationToken)
    {
        await _helpers.EraseAsync(helper.Program, helper.Server, cancellationToken).ConfigureAwait(false);
        if (registry == Reference.DockerHub) return;
        foreach (var old in (string[])[$"https://{registry}", $"http://{registry}"])
            try
            {
                await _helpers.EraseAsync(helper.Program, old, cancellationToken).ConfigureAwait(false);
            }
            catch (ViaductException)
            {
                // The name that counts is erased.
            }
    }

    private static (string, string)[] Entry(Credential credential)
    {
        // With an identity token docker keeps the name with an empty password (configfile/file.go, encodeAuth).
        var pair = $"{credential.Username}:{(credential.IdentityToken is null ? credential.Password : "")}";
        (string, string)[] auth = string.IsNullOrEmpty(credential.Username) ? [] : [("auth", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)))];
        return credential.IdentityToken is { } token ? [.. auth, ("identitytoken", token)] : auth;
    }
}
