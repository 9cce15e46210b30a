namespace Viaduct.Acceptance.Tests;

/// <summary>A small file system of its own, mounted over a folder until the test ends. Needs root.</summary>
internal sealed class TmpFs : IDisposable
{
    private readonly string _path;

    private TmpFs(string path) => _path = path;

    public static async Task<TmpFs> MountAsync(string path, string options)
    {
        Directory.CreateDirectory(path);
        (await Command.RunAsync("mount", "-t", "tmpfs", "-o", options, "viaduct-test", path)).MustSucceed();
        return new TmpFs(path);
    }

    public async Task RemountAsync(string options) => (await Command.RunAsync("mount", "-o", $"remount,{options}", _path)).MustSucceed();

    public void Dispose() => Command.RunAsync("umount", _path).GetAwaiter().GetResult().MustSucceed();
}
