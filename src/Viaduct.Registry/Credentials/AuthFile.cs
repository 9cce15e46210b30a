using System.Text;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// A file or a variable with credentials. It is read when a registry asks, and again when what it gave was refused: somebody may have logged in meanwhile.
/// </summary>
internal sealed class AuthFile
{
    private readonly CredentialFormat _format;
    private readonly byte[]? _text;
    private readonly CredentialHelpers _helpers;
    private readonly bool _isGuess;

    private AuthFile(string name, CredentialFormat format, byte[]? text, CredentialHelpers helpers, bool isGuess) =>
        (Name, _format, _text, _helpers, _isGuess) = (name, format, text, helpers, isGuess);

    /// <summary>The path, or the name of the variable.</summary>
    public string Name { get; }

    public bool IsVariable => _text is not null;

    /// <param name="isGuess">Nobody named the place: one that is closed to this user, as another user's is, has nothing for him.</param>
    public static AuthFile At(string path, CredentialFormat format, CredentialHelpers helpers, bool isGuess = false) => new(path, format, null, helpers, isGuess);

    public static AuthFile InVariable(string name, string value, CredentialHelpers helpers) => new(name, CredentialFormat.Variable, Encoding.UTF8.GetBytes(value), helpers, false);

    /// <param name="path">Below the registry; null for all of it.</param>
    public async Task<Credential?> FindAsync(string registry, string? path, CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken).ConfigureAwait(false) is not { } document) return null;
        // Where there is a helper, what else the file says of the registry does not count (docker/cli credentials/native_store.go, Get).
        var found = document.HelperOf(registry, path) is { } helper
            ? await _helpers.GetAsync(helper.Program, helper.Server, cancellationToken).ConfigureAwait(false)
            : document.Find(registry, path);
        return found is null && document.OtherHelperOf(registry) is { } other
            ? await _helpers.GetAsync(other.Program, other.Server, cancellationToken).ConfigureAwait(false)
            : found;
    }

    public async Task<string?> PlaceOfAsync(string registry, string repository, CancellationToken cancellationToken)
    {
        if (_format != CredentialFormat.Podman) return null;
        try
        {
            return (await ReadAsync(cancellationToken).ConfigureAwait(false))?.PlaceOf(registry, repository);
        }
        catch (ViaductException)
        {
            // Another file may have the credentials; if none has, this one is read again, and says what is wrong with it.
            return null;
        }
    }

    /// <returns>null when there is no such file.</returns>
    public static async Task<byte[]?> ReadAsync(string path, bool isGuess, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using (file.ConfigureAwait(false))
            {
                if (file.Length > AuthDocument.MaxSize) throw RegistryErrors.Config(path, $"it has more than {AuthDocument.MaxSize} bytes");
                var bytes = new byte[(int)file.Length];
                var count = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                return bytes[..count];
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException) when (isGuess)
        {
            return null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or NotSupportedException)
        {
            throw RegistryErrors.Config(path, "it cannot be read");
        }
    }

    private async Task<AuthDocument?> ReadAsync(CancellationToken cancellationToken) =>
        (_text ?? await ReadAsync(Name, _isGuess, cancellationToken).ConfigureAwait(false)) is { } bytes ? AuthDocument.Parse(bytes, Name, _format) : null;
}
