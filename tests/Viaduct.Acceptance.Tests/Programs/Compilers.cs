namespace Viaduct.Acceptance.Tests.Programs;

/// <summary>Debian's cross compilers, and musl's loaders, which they have not.</summary>
internal sealed class Compilers(TemporaryFolder folder)
{
    private const string Hello = """
        #include <stdio.h>
        #include <stdlib.h>
        int main(void) { printf("hello %d\n", (int)strtod("42", 0)); return 0; }
        """;

    // Debian has musl's headers for its own architecture only.
    private const string Bare = """
        long write(int, const void *, unsigned long);
        void _exit(int);
        void _start(void) { write(1, "hello 42\n", 9); _exit(0); }
        """;

    /// <summary>The folder of musl's loaders, which is there when the compilers are.</summary>
    private static string? Musl => Environment.GetEnvironmentVariable("VIADUCT_TEST_COMPILERS");

    public static void Need() => Assert.SkipUnless(Directory.Exists(Musl), $"cross compilers are not here: {RealParts.How}");

    public static byte[] MuslOf(Toolchain toolchain) => File.ReadAllBytes($"{Musl}/{toolchain.Name}/libc.so");

    /// <summary>All that is compiled for one kind of node, by what it is called.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> CompileAsync(Toolchain toolchain)
    {
        var place = $"built/{toolchain.Name}/";
        folder.With(place + "hello.c", Hello).With(place + "bare.c", Bare);
        var commands = new List<string>
        {
            "-O1 -static -s hello.c -o static",
            "-O1 hello.c -o dynamic",
            $"-O1 -fno-stack-protector -nostdlib bare.c -o musl -Wl,--dynamic-linker={toolchain.Musl} -L {Musl}/{toolchain.Name} -l:libc.so",
            "-O1 -fno-stack-protector -nostdlib -shared -fPIC -Wl,-e,0 bare.c -o library",
            "-O1 -c hello.c -o object",
        };
        commands.AddRange(toolchain.Name switch
        {
            "amd64" => ["-O1 -static-pie -s hello.c -o static-pie", "-O1 -march=x86-64-v3 -Wl,-z,x86-64-v3 hello.c -o level3"],
            "arm64" => ["-O1 -static-pie -s hello.c -o static-pie"],
            "armel" => [$"-O1 hello.c -o crossed -Wl,--dynamic-linker={Toolchain.Of("armhf").Glibc}", "-O1 -static -march=armv7-a hello.c -o static-v7"],
            _ => Array.Empty<string>(),
        });
        var script = string.Join("\n", commands.Select(c => $"{toolchain.Compiler}-gcc {c}"));
        if (toolchain.Name == "amd64") script += "\ncp dynamic symbols && objcopy --only-keep-debug symbols";
        (await Command.RunAsync(["bash", "-ec", script], folder.At(place), null)).MustSucceed();
        return Directory.EnumerateFiles(folder.At(place)).Where(f => Path.GetExtension(f) != ".c").ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);
    }
}
