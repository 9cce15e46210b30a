using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>docker's config.json, to be changed: one writer at a time, the whole file or nothing, and readable for its owner alone.</summary>
internal sealed class ConfigFile(string folder, TimeProvider clock, IFileOwner owner)
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public string Path { get; } = System.IO.Path.Combine(folder, "config.json");

    /// <exception cref="ViaductException">VIA3040.</exception>
    public async Task<AuthDocument?> ReadAsync(CancellationToken cancellationToken) =>
        await AuthFile.ReadAsync(Path, false, cancellationToken).ConfigureAwait(false) is { } bytes ? AuthDocument.Parse(bytes, Path, CredentialFormat.Docker) : null;

    /// <param name="change">Old bytes, perhaps none, to new ones; the same ones write nothing.</param>
    /// <exception cref="ViaductException">VIA3040 when the file cannot be understood, and so is not touched; VIA3043; VIA3045.</exception>
    public async Task ChangeAsync(Func<byte[], byte[]> change, CancellationToken cancellationToken)
    {
        try
        {
            // A file that is a link to where somebody keeps his settings stays one (file.go, Save).
            var target = new FileInfo(Path).LinkTarget is null ? Path : File.ResolveLinkTarget(Path, returnFinalTarget: true)?.FullName ?? Path;
            var place = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(target))!;
            var there = Make(place);
            var file = System.IO.Path.Combine(place, ".config.json.viaduct-lock");
            if (new FileInfo(file).LinkTarget is not null) throw RegistryErrors.ConfigNotWritten(Path, "the lock beside it is a link");
            using var held = await FileLock.TakeAsync(file, Limit, null, OwnersFile, lockFile => owner.Copy(there, lockFile), clock, cancellationToken).ConfigureAwait(false)
                ?? throw RegistryErrors.ConfigLocked(Path, Limit);
            var old = await AuthFile.ReadAsync(target, false, cancellationToken).ConfigureAwait(false);
            // What cannot be understood is not replaced.
            if (old is not null) AuthDocument.Parse(old, Path, CredentialFormat.Docker)?.Check();
            var bytes = change(old ?? []);
            if (!bytes.AsSpan().SequenceEqual(old)) await WriteAsync(target, bytes, old is null ? there : target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RegistryErrors.ConfigNotWritten(Path, "it cannot be written");
        }
    }

    private Task WriteAsync(string target, byte[] bytes, string from, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(target, async (stream, token) =>
        {
            // Before there is anything to read in it.
            if (stream is FileStream file) owner.Copy(from, file.SafeFileHandle);
            await stream.WriteAsync(bytes, token).ConfigureAwait(false);
        }, OwnersFile, cancellationToken);

    /// <returns>The nearest folder that was there before: its owner gets what is new.</returns>
    private string Make(string path)
    {
        if (Directory.Exists(path) || System.IO.Path.GetDirectoryName(path) is not { Length: > 0 } parent) return path;
        var there = Make(parent);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnersFile | UnixFileMode.UserExecute);
        owner.Copy(there, path);
        return there;
    }
}
