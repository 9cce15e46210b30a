using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>docker's config.json, to be changed: one writer at a time, the whole file or nothing, and readable for its owner alone.</summary>
internal sealed class ConfigFile(string folder, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public string Path { get; } = System.IO.Path.Combine(folder, "config.json");

    /// <exception cref="ViaductException">VIA3040.</exception>
    public async Task<AuthDocument?> ReadAsync(CancellationToken cancellationToken) =>
        await AuthFile.ReadAsync(Path, cancellationToken).ConfigureAwait(false) is { } bytes ? AuthDocument.Parse(bytes, Path, CredentialFormat.Docker) : null;

    /// <param name="change">Old bytes, perhaps none, to new ones; the same ones write nothing.</param>
    /// <exception cref="ViaductException">VIA3040 when the file cannot be understood, and so is not touched; VIA3043; VIA3045.</exception>
    public async Task ChangeAsync(Func<byte[], byte[]> change, CancellationToken cancellationToken)
    {
        try
        {
            // A file that is a link to where somebody keeps his settings stays one (file.go, Save).
            var target = new FileInfo(Path).LinkTarget is null ? Path : File.ResolveLinkTarget(Path, returnFinalTarget: true)?.FullName ?? Path;
            var place = System.IO.Path.GetDirectoryName(target)!;
            Make(place);
            using var held = await FileLock.TakeAsync(System.IO.Path.Combine(place, ".config.json.viaduct-lock"), Limit, null, clock, cancellationToken).ConfigureAwait(false)
                ?? throw RegistryErrors.ConfigLocked(Path, Limit);
            var old = await AuthFile.ReadAsync(target, cancellationToken).ConfigureAwait(false);
            // What cannot be understood is not replaced.
            if (old is not null) AuthDocument.Parse(old, Path, CredentialFormat.Docker)?.Check();
            var bytes = change(old ?? []);
            if (!bytes.AsSpan().SequenceEqual(old)) await WriteAsync(target, bytes, old is not null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RegistryErrors.ConfigNotWritten(Path, "it cannot be written");
        }
    }

    private static Task WriteAsync(string target, byte[] bytes, bool replaces, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(target, async (stream, token) =>
        {
            // Before there is anything to read in it.
            if (replaces && stream is FileStream file) FileOwner.Copy(target, file.SafeFileHandle);
            await stream.WriteAsync(bytes, token).ConfigureAwait(false);
        }, UnixFileMode.UserRead | UnixFileMode.UserWrite, cancellationToken);

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
