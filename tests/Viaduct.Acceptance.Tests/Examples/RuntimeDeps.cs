using Viaduct.Acceptance.Tests.Programs;

namespace Viaduct.Acceptance.Tests.Examples;

/// <summary>
/// What mcr.microsoft.com/dotnet/runtime-deps holds as far as the app needs it, put together from this Debian and its cross compilers'
/// libraries: glibc, libstdc++, libgcc and certificates.
/// </summary>
internal sealed class RuntimeDeps : IDisposable
{
    private static readonly string[] Libraries = ["libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1", "libstdc++.so.6", "libgcc_s.so.1"];
    private const string Certificates = "/etc/ssl/certs/ca-certificates.crt";

    private readonly TemporaryFolder _folder = new();

    /// <summary>The name of the list.</summary>
    public async Task<string> PushAsync(string registry)
    {
        Compilers.Need();
        foreach (var name in (string[])["amd64", "arm64"])
        {
            var toolchain = Toolchain.Of(name);
            var root = $"images/runtime-deps/{name}";
            _folder.With(root + toolchain.Glibc, File.ReadAllBytes(toolchain.GlibcFile));
            foreach (var library in Libraries)
                _folder.With($"{root}/lib/{toolchain.Compiler}/{library}", File.ReadAllBytes($"{toolchain.Libraries}/{library}"));
            if (File.Exists(Certificates)) _folder.With(root + Certificates, File.ReadAllBytes(Certificates));
            _folder.With($"{root}/etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1654:1654::/home/app:/bin/sh\n").With($"{root}/tmp/.keep", "");
            (await Command.RunAsync("chmod", "-R", "a+rX", _folder.At(root))).MustSucceed();
            (await Command.RunAsync("chmod", "0755", _folder.At(root + toolchain.Glibc))).MustSucceed();
        }
        _folder.With("images/runtime-deps/Dockerfile", "FROM scratch\nARG ARCH\nCOPY ${ARCH}/ /\n");
        (await ViaductCli.RunAsync(_folder, "push", "--registry", registry)).MustSucceed();
        return $"{registry}/runtime-deps:latest";
    }

    public void Dispose() => _folder.Dispose();
}
