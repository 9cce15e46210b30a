using Viaduct.Oci;
using Viaduct.Oci.Layers;
using static Viaduct.Simulation.Tests.ImageMaker;

namespace Viaduct.Simulation.Tests;

/// <summary>What an image for Windows starts.</summary>
public sealed class ImageWindowsTests
{
    private const int NoMode = 0;

    private static readonly Node Server = Node.Of(Platform.Parse("windows/amd64"));
    private static readonly Descriptor Foreign = new("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", Digest.Sha256("windows"u8), 100) { Urls = ["https://example.com/windows"] };

    private readonly MemoryContent _content = new();

    [Theory]
    [InlineData(@"C:\app\Server.exe", @"C:\app\Server.exe")]
    [InlineData(@"c:/APP/server.EXE", @"c:\APP\server.EXE")]
    [InlineData(@"\app\server", @"\app\server.exe")]
    [InlineData("server.exe", @"C:\app\server.exe")]
    [InlineData("server", @"C:\app\server.exe")]
    [InlineData(@".\server.exe", @".\server.exe")]
    [InlineData(@"..\app\server.exe", @"..\app\server.exe")]
    [InlineData("tool", @"C:\Tools\tool.exe")]
    public async Task Programs_are_found_whatever_their_case_and_way_of_writing(string word, string found)
    {
        var container = new ContainerConfig { Entrypoint = [word], WorkingDir = @"C:\app", Env = [@"Path=C:\none;""C:\Tools""" ] };
        var pull = await PullAsync(container, Exe("Files/app/Server.exe"), Exe("Files/tools/TOOL.EXE"));
        Assert.Equal((Verdict.Ok, found, BinaryKind.Windows), (pull.Verdict, pull.Executable, pull.Binary?.Kind));
    }

    [Theory]
    [InlineData(@"C:\gone.exe", Verdict.Failure, "VF303")]
    [InlineData(@"D:\app\server.exe", Verdict.Failure, "VF303")]
    [InlineData("gone", Verdict.Unknown, "VF401")]
    public async Task What_is_not_there_fails_where_it_can_be_known(string word, Verdict verdict, string code)
    {
        var pull = await PullAsync(new ContainerConfig { Entrypoint = [word] }, Exe("Files/app/server.exe"));
        Assert.Equal((verdict, code), (pull.Verdict, Assert.Single(pull.Findings).Kind.Code));
    }

    [Theory]
    [InlineData(@"C:\tools\a.exe", Verdict.Unknown)]
    [InlineData(@"C:\tools\bin\a", Verdict.Unknown)]
    [InlineData(@"C:\real\alias.exe", Verdict.Unknown)]
    [InlineData(@"a", Verdict.Unknown)]
    [InlineData(@"C:\real\a.exe", Verdict.Ok)]
    [InlineData(@"C:\real\gone.exe", Verdict.Failure)]
    public async Task A_link_in_the_way_leaves_the_answer_open(string word, Verdict verdict)
    {
        var container = new ContainerConfig { Entrypoint = [word], Env = [@"Path=C:\TOOLS;C:\real"] };
        var pull = await PullAsync(container, [.. Exe("Files/real/a.exe"), .. Link("Files/Tools", @"C:\real"), .. Link("Files/real/alias.exe", "a.exe")]);
        Assert.Equal((verdict, verdict == Verdict.Unknown ? "VF401" : verdict == Verdict.Ok ? null : "VF303"), (pull.Verdict, pull.Findings.SingleOrDefault().Kind?.Code));
    }

    [Theory]
    [InlineData(900, Verdict.Ok)]
    [InlineData(1001, Verdict.Unknown)]
    public async Task A_Path_of_more_folders_than_anybody_names_leaves_the_answer_open(int folders, Verdict verdict)
    {
        var path = string.Join(';', Enumerable.Range(0, folders).SelectMany(i => new[] { $@"C:\f{i}", @"c:\F0" })) + @";C:\app";
        Assert.Equal(verdict, (await PullAsync(new ContainerConfig { Entrypoint = ["server"], Env = ["PATH=" + path] }, Exe("Files/app/server.exe"))).Verdict);
    }

    [Fact]
    public async Task A_program_for_another_processor_fails()
    {
        var pull = await PullAsync(new ContainerConfig { Entrypoint = [@"C:\app.exe"] }, Program("Files/app.exe", Pe(0xaa64), NoMode));
        Assert.Equal((Verdict.Failure, "VF301"), (pull.Verdict, Assert.Single(pull.Findings).Kind.Code));
    }

    [Fact]
    public async Task A_program_for_linux_fails()
    {
        var pull = await PullAsync(new ContainerConfig { Entrypoint = [@"C:\app.exe"] }, Program("Files/app.exe", ElfFile.Amd64, NoMode));
        Assert.Equal((Verdict.Failure, "VF312"), (pull.Verdict, Assert.Single(pull.Findings).Kind.Code));
    }

    [Fact]
    public async Task A_line_in_one_word_is_taken_apart()
    {
        var container = new ContainerConfig { Cmd = [@"""C:\Program Files\app.exe"" -x"], ArgsEscaped = true };
        Assert.Equal(@"C:\Program Files\app.exe", (await PullAsync(container, Exe("Files/Program Files/app.exe"))).Executable);
    }

    [Fact]
    public async Task A_batch_file_is_found_and_not_looked_into() =>
        Assert.Equal((Verdict.Ok, @"C:\run.cmd"), await PullAsync(new ContainerConfig { Cmd = ["run"] }, Script("Files/run.cmd", "echo hello")) is var pull ? (pull.Verdict, pull.Executable) : default);

    [Theory]
    [InlineData(@"C:\app.exe", Verdict.Ok)]
    [InlineData("cmd", Verdict.Unknown)]
    public async Task A_base_that_no_registry_has_is_missed_only_where_it_decides(string word, Verdict verdict)
    {
        var top = _content.Add(MediaTypes.OciLayer, await TarAsync(Exe("Files/app.exe")));
        var image = _content.Image("windows/amd64", new ContainerConfig { Entrypoint = [word] }, Foreign, top);
        var pull = await new PullSimulator().PullAsync(_content, image, Server, default);
        Assert.Equal(verdict, pull.Verdict);
        if (verdict == Verdict.Unknown) Assert.Contains("lies elsewhere", Assert.Single(pull.Findings).Text);
    }

    private async Task<SimulatedPull> PullAsync(ContainerConfig container, params (TarEntry, byte[]?)[][] layers) =>
        await new PullSimulator().PullAsync(_content, await _content.ImageAsync("windows/amd64", container, layers), Server, default);

    private static (TarEntry, byte[]?)[] Exe(string path) => Program(path, Pe(0x8664), NoMode);

    /// <summary>MZ, the offset of the PE header, its machine and the optional header of a console program (PE format).</summary>
    private static byte[] Pe(ushort machine)
    {
        var bytes = new byte[512];
        "MZ"u8.CopyTo(bytes);
        bytes[0x3c] = 0x80;
        "PE\0\0"u8.CopyTo(bytes.AsSpan(0x80));
        BitConverter.TryWriteBytes(bytes.AsSpan(0x84), machine);
        bytes[0x84 + 16] = 0xf0;
        bytes[0x84 + 18] = 0x22;
        bytes[0x98] = 0x0b;
        bytes[0x99] = 0x02;
        bytes[0x98 + 68] = 3;
        return bytes;
    }
}
