using System.Text;
using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Acceptance.Tests.Programs;

/// <summary>Right and wrong images of compiled programs.</summary>
internal sealed class ProgramCases
{
    private static readonly string[] EachOf = ["static", "glibc", "musl", "no-loader", "loader-hidden", "script", "script-hidden", "script-alone", "library", "cut"];

    private static readonly string[] Special =
    [
        "static-pie-amd64", "static-pie-arm64", "object-amd64", "symbols-amd64", "not-executable-amd64", "script-from-windows", "links-in-a-circle",
        "loader-of-amd64-on-arm64", "loader-of-386-on-amd64", "loader-is-text", "armel-on-armhf", "armel-with-the-loader-of-armhf",
        "armhf-on-v6", "armhf-on-v5", "v7-code-on-v6", "v7-code-on-v7", "armel-on-arm64", "armel-on-arm64-that-runs-it", "386-on-amd64", "386-on-amd64-that-runs-it", "486-on-386",
        "arm64-says-amd64-is-inside", "amd64-says-arm64-is-inside", "amd64-emulates-arm64", "no-such-machine", "windows-program", "level3-on-v2", "level3-on-v3", "level3-anywhere",
    ];

    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, byte[]>> _built;
    private readonly Dictionary<(string, string), ImageFiles> _libraries = [];

    /// <param name="built">By toolchain and by what was made.</param>
    public ProgramCases(IReadOnlyDictionary<string, IReadOnlyDictionary<string, byte[]>> built) => _built = built;

    public static IEnumerable<string> Names => Toolchain.All.SelectMany(t => EachOf.Select(e => $"{e}-{t.Name}")).Concat(Special);

    /// <summary>Those that show on this machine what would become of them on their node: it runs amd64 itself and qemu the rest, whatever the label or level says.</summary>
    public static IEnumerable<string> ToldHere => Names.Except(["arm64-says-amd64-is-inside", "amd64-says-arm64-is-inside", "level3-on-v2", "level3-on-v3", "level3-anywhere"]);

    public IReadOnlyList<ProgramCase> All() => [.. Toolchain.All.SelectMany(Each), .. Others()];

    private IEnumerable<ProgramCase> Each(Toolchain t)
    {
        var files = _built[t.Name];
        var processor = t.Name == "armel" ? "arm926" : null;
        var node = Node(t.Platform);
        ProgramCase Case(string name, FindingKind? kind, params ImageFiles[] layers) =>
            new($"{name}-{t.Name}", node, layers, kind is null ? Verdict.Ok : Verdict.Failure, kind) { Processor = processor };

        yield return Case("static", null, App(files["static"]));
        yield return Case("glibc", null, Glibc(t), App(files["dynamic"]));
        yield return Case("musl", null, Musl(t), App(files["musl"]));
        yield return Case("no-loader", FindingKinds.LoaderMissing, Glibc(t), App(files["musl"]));
        yield return Case("loader-hidden", FindingKinds.LoaderMissing, Musl(t), App(files["musl"]), Empty("lib/.wh..wh..opq"));
        var scripts = Scripts(files["static"]);
        yield return Case("script", null, scripts);
        yield return Case("script-hidden", FindingKinds.InterpreterMissing, [.. scripts, Empty("usr/tools/.wh.hello")]);
        yield return Case("script-alone", FindingKinds.InterpreterMissing, scripts[1]);
        yield return Case("library", FindingKinds.DamagedProgram, App(files["library"]));
        yield return Case("cut", FindingKinds.DamagedProgram, App(files["static"][..(files["static"].Length / 2)]));
    }

    private IEnumerable<ProgramCase> Others()
    {
        var (amd64, i386, arm64, armel, armhf) = (_built["amd64"], _built["i386"], _built["arm64"], _built["armel"], _built["armhf"]);
        ProgramCase Fails(string name, string node, FindingKind kind, params ImageFiles[] layers) => new(name, Node(node), layers, Verdict.Failure, kind);
        ProgramCase Warns(string name, Node node, FindingKind kind, params ImageFiles[] layers) => new(name, node, layers, Verdict.Warning, kind);
        ProgramCase Runs(string name, Node node, params ImageFiles[] layers) => new(name, node, layers, Verdict.Ok, null);

        yield return Runs("static-pie-amd64", Node("linux/amd64"), App(amd64["static-pie"]));
        yield return Runs("static-pie-arm64", Node("linux/arm64"), App(arm64["static-pie"]));
        yield return Fails("object-amd64", "linux/amd64", FindingKinds.DamagedProgram, App(amd64["object"]));
        yield return Fails("symbols-amd64", "linux/amd64", FindingKinds.DamagedProgram, Glibc("amd64"), App(amd64["symbols"]));
        yield return Fails("not-executable-amd64", "linux/amd64", FindingKinds.NotExecutable, new ImageFiles().With("app", amd64["static"], mode: 0b110_100_100));
        yield return Fails("script-from-windows", "linux/amd64", FindingKinds.InterpreterMissing, Scripts(amd64["static"])[0], new ImageFiles().With("app", "#!/bin/sh\r\n"));
        yield return Fails("links-in-a-circle", "linux/amd64", FindingKinds.Unusable, new ImageFiles().WithLink("app", "other").WithLink("other", "app"));

        yield return Fails("loader-of-amd64-on-arm64", "linux/arm64", FindingKinds.LoaderDisagrees, Loader("arm64", File.ReadAllBytes(Toolchain.Of("amd64").GlibcFile)), App(arm64["dynamic"]));
        yield return Fails("loader-of-386-on-amd64", "linux/amd64", FindingKinds.LoaderDisagrees, Loader("amd64", File.ReadAllBytes(Toolchain.Of("i386").GlibcFile)), App(amd64["dynamic"]));
        yield return Fails("loader-is-text", "linux/amd64", FindingKinds.LoaderDisagrees, Loader("amd64", Encoding.UTF8.GetBytes("ld-2.36.so\n")), App(amd64["dynamic"]));

        yield return Fails("armel-on-armhf", "linux/arm/v7", FindingKinds.LoaderMissing, Glibc("armhf"), App(armel["dynamic"]));
        yield return Warns("armel-with-the-loader-of-armhf", Node("linux/arm/v7"), FindingKinds.FloatAbi, Glibc("armhf"), App(armel["crossed"])) with { Fate = Fate.PrintsOtherNumbers };
        yield return Fails("armhf-on-v6", "linux/arm/v6", FindingKinds.ProcessorTooOld, App(armhf["static"])) with { Processor = "arm1176" };
        yield return Fails("armhf-on-v5", "linux/arm/v5", FindingKinds.ProcessorTooOld, Glibc("armhf"), App(armhf["dynamic"])) with { Processor = "arm926" };
        // Compiled for v7, though without anything that v6 has not.
        yield return Warns("v7-code-on-v6", Node("linux/arm/v6"), FindingKinds.ProcessorTooOld, App(armel["static-v7"])) with { Processor = "arm1176" };
        yield return Runs("v7-code-on-v7", Node("linux/arm/v7"), App(armel["static-v7"])) with { Processor = "cortex-a8" };
        yield return Warns("armel-on-arm64", Node("linux/arm64"), FindingKinds.CompatibilityMode, App(armel["static"])) with { Label = "linux/arm64" };
        yield return Runs("armel-on-arm64-that-runs-it", Node("linux/arm64") with { Runs32Bit = true }, App(armel["static"]));

        yield return Warns("386-on-amd64", Node("linux/amd64"), FindingKinds.CompatibilityMode, App(i386["static"]));
        yield return Runs("386-on-amd64-that-runs-it", Node("linux/amd64") with { Runs32Bit = true }, App(i386["static"]));
        yield return Runs("486-on-386", Node("linux/386"), App(Patched(i386["static"], 18, 6)));
        yield return Fails("arm64-says-amd64-is-inside", "linux/arm64", FindingKinds.WrongMachine, App(amd64["static"])) with { Fate = Fate.NotTold };
        yield return Fails("amd64-says-arm64-is-inside", "linux/amd64", FindingKinds.WrongMachine, App(arm64["static"])) with { Fate = Fate.NotTold };
        yield return Warns("amd64-emulates-arm64", Node("linux/amd64") with { Emulates = ["arm64"] }, FindingKinds.Emulated, App(arm64["static"]));
        yield return Fails("no-such-machine", "linux/amd64", FindingKinds.WrongMachine, App(Patched(amd64["static"], 18, 62, 200)));
        yield return Fails("windows-program", "linux/amd64", FindingKinds.WrongSystem, App([.. "MZ"u8, .. new byte[200]]));

        // This machine may be of any level: qemu tells in a test of its own.
        yield return Fails("level3-on-v2", "linux/amd64/v2", FindingKinds.ProcessorTooOld, Glibc("amd64"), App(amd64["level3"])) with { Label = "linux/amd64", Fate = Fate.NotTold };
        yield return Runs("level3-on-v3", Node("linux/amd64/v3"), Glibc("amd64"), App(amd64["level3"])) with { Label = "linux/amd64", Fate = Fate.NotTold };
        yield return Warns("level3-anywhere", Node("linux/amd64"), FindingKinds.ProcessorTooOld, Glibc("amd64"), App(amd64["level3"])) with { Fate = Fate.NotTold };
    }

    private static Node Node(string platform) => Simulation.Node.Of(Platform.Parse(platform));

    private static ImageFiles App(byte[] program) => new ImageFiles().With("app", program);

    private static ImageFiles Empty(string path) => new ImageFiles().With(path, []);

    private static ImageFiles Loader(string toolchain, byte[] loader) => new ImageFiles().With(Toolchain.Of(toolchain).Glibc, loader);

    private ImageFiles Glibc(string toolchain) => Glibc(Toolchain.Of(toolchain));

    /// <summary>The C library is where every loader looks, and LD_LIBRARY_PATH besides.</summary>
    private ImageFiles Glibc(Toolchain t) => Library((t.Name, "glibc"), () => new ImageFiles()
        .With(t.Glibc, File.ReadAllBytes(t.GlibcFile)).With("lib/libc.so.6", File.ReadAllBytes($"{t.Libraries}/libc.so.6")));

    private ImageFiles Musl(Toolchain t) => Library((t.Name, "musl"), () => new ImageFiles().With(t.Musl, Compilers.MuslOf(t)));

    private ImageFiles Library((string, string) key, Func<ImageFiles> make)
    {
        if (!_libraries.TryGetValue(key, out var files)) _libraries[key] = files = make();
        return files;
    }

    /// <summary>/bin/sh is a link in a folder that is a link, to a program elsewhere; the script lies in a layer above.</summary>
    private static ImageFiles[] Scripts(byte[] interpreter) =>
    [
        new ImageFiles().With("usr/tools/hello", interpreter).WithLink("usr/bin/sh", "../tools/hello").WithLink("bin", "usr/bin"),
        new ImageFiles().With("app", "#!/bin/sh -e\necho no shell reads this\n"),
    ];

    private static byte[] Patched(byte[] program, int at, params byte[] bytes)
    {
        var patched = program.ToArray();
        bytes.CopyTo(patched, at);
        return patched;
    }
}
