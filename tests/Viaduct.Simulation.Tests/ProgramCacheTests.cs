using System.Reflection;
using System.Text;
using Viaduct.Oci;
using static Viaduct.Simulation.Tests.ImageMaker;

namespace Viaduct.Simulation.Tests;

/// <summary>What was found once is not looked for again, and nothing else comes out of a cache than went in.</summary>
public sealed class ProgramCacheTests : IDisposable
{
    private static readonly Node Amd64 = Node.Of(new Platform("linux", "amd64"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("programs");
    private readonly MemoryContent _content = new();

    [Theory]
    [InlineData("#!/bin/sh\n", "VF301")]
    [InlineData("#!/bin/bash\n", "VF307")]
    [InlineData("#!\n", "VF311")]
    public async Task A_second_simulator_fetches_no_layer_and_finds_the_same(string script, string code)
    {
        var image = await _content.ImageAsync("linux/amd64", new ContainerConfig { Entrypoint = ["/run"] }, Program("bin/sh", ElfFile.Arm64), Script("run", script));
        var first = await PullAsync(image);
        _content.Opened.Clear();
        var second = await PullAsync(image);
        Assert.Equal(code, Assert.Single(first.Findings).Kind.Code);
        Assert.Equal((first.Verdict, first.Executable, first.Binary), (second.Verdict, second.Executable, second.Binary));
        Assert.Equal(first.Findings, second.Findings);
        Assert.Equal(image.AsImage().Config.Digest, Assert.Single(_content.Opened));
    }

    [Fact]
    public async Task The_nodes_verdict_is_not_kept()
    {
        var image = await _content.ImageAsync("linux/arm64", new ContainerConfig { Entrypoint = ["/app"] }, Program("app", ElfFile.Arm64));
        Assert.Equal(Verdict.Failure, (await PullAsync(image)).Verdict);
        Assert.Equal(Verdict.Ok, (await PullAsync(image, node: Node.Of(Platform.Parse("linux/arm64")))).Verdict);
    }

    [Fact]
    public async Task Another_question_is_asked_anew()
    {
        var image = await _content.ImageAsync("linux/amd64", new ContainerConfig { Entrypoint = ["/app"] }, Program("tool", ElfFile.Arm64), Program("app", ElfFile.Amd64));
        Assert.Equal("", await CodesAsync(image, new PullOptions()));
        Assert.Equal("VF313", await CodesAsync(image, new PullOptions { Deep = true }));
        Assert.Equal("VF301", await CodesAsync(image, new PullOptions { Command = ["/tool"] }));
        Assert.Equal("", await CodesAsync(image, new PullOptions()));
    }

    [Fact]
    public async Task A_fault_is_not_kept()
    {
        var image = await _content.ImageAsync("linux/amd64", new ContainerConfig { Entrypoint = ["/app"] }, Program("app", ElfFile.Amd64));
        var layer = image.AsImage().Layers[0];
        _content.Remove(layer.Digest);
        Assert.Equal(Verdict.Failure, (await PullAsync(image)).Verdict);
        Assert.Empty(_folder.GetFiles());
        _content.Replace(layer.Digest, await TarAsync(Program("app", ElfFile.Amd64)));
        Assert.Equal(Verdict.Ok, (await PullAsync(image)).Verdict);
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task A_damaged_file_is_read_over_and_written_again()
    {
        var image = await _content.ImageAsync("linux/amd64", new ContainerConfig { Entrypoint = ["/app"] }, Program("app", ElfFile.Arm64));
        await PullAsync(image);
        var file = Assert.Single(_folder.GetFiles()).FullName;
        var good = await File.ReadAllBytesAsync(file);
        for (var at = 0; at <= good.Length; at++)
        {
            var bad = at == good.Length ? [] : (byte[])[.. good[..at], (byte)(good[at] ^ 4), .. good[(at + 1)..]];
            await File.WriteAllBytesAsync(file, bad);
            Assert.Equal("VF301", Assert.Single((await PullAsync(image)).Findings).Kind.Code);
            Assert.Equal(good, await File.ReadAllBytesAsync(file));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"findings":[{"kind":"VF999","verdict":0,"text":"x"}]}""")]
    [InlineData("""{"findings":[{"kind":"VF301","verdict":9,"text":"x"}]}""")]
    [InlineData("""{"findings":[{"kind":null,"verdict":0,"text":"x"}]}""")]
    [InlineData("""{"findings":[],"program":{"name":"x","files":[{"path":"x","format":{}}],"findings":[]}}""")]
    [InlineData("""{"findings":[],"program":3}""")]
    public void What_was_not_written_here_is_nothing(string json) => Assert.Null(ImageRecord.Read(Encoding.UTF8.GetBytes(json)));

    /// <summary>A member that is added to the format and forgotten in the record would be lost on the way.</summary>
    [Fact]
    public void Every_member_of_a_format_is_kept()
    {
        var format = new BinaryFormat { Kind = BinaryKind.Elf };
        foreach (var property in typeof(BinaryFormat).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite)) property.SetValue(format, Other(property));
        var program = new StartedProgram("/a", [new ExaminedFile("/a", format)], [new Finding(FindingKinds.WrongMachine, Verdict.Failure, "it is \"wrong\"\n")]);
        var contents = new ImageContents { Program = program with { Behind = program }, Findings = program.Findings };

        var read = ImageRecord.Read(ImageRecord.Write(contents))!;
        Assert.Equal(format, Assert.Single(read.Program!.Files).Format);
        Assert.Equal(format, Assert.Single(read.Program.Behind!.Files).Format);
        Assert.Equal(contents.Findings, read.Findings);
        Assert.Equal(contents.Findings, read.Program.Findings);
    }

    [Fact]
    public async Task The_oldest_go_when_there_are_too_many()
    {
        var cache = new ProgramCacheFolder(_folder.FullName, maxFiles: 20);
        for (var i = 0; i < 200; i++) await cache.KeepAsync(Digest.Sha256([(byte)i]), new byte[] { (byte)i }, default);
        Assert.InRange(_folder.GetFiles().Length, 1, 20 + 64);
        Assert.Equal([199], await cache.FindAsync(Digest.Sha256([199]), default));
    }

    [Fact]
    public async Task Only_its_own_files_go()
    {
        string[] others = ["thesis.txt", "a.program", ".tmp-mine", new string('g', 64) + ".program"];
        string[] own = [".tmp-abcdefgh.ijk"];
        foreach (var name in others.Concat(own))
        {
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), "x");
            File.SetLastWriteTimeUtc(Path.Combine(_folder.FullName, name), DateTime.UnixEpoch);
        }
        var cache = new ProgramCacheFolder(_folder.FullName, maxFiles: 20);
        for (var i = 0; i < 200; i++) await cache.KeepAsync(Digest.Sha256([(byte)i]), new byte[] { (byte)i }, default);
        var left = _folder.GetFiles().Select(f => f.Name).ToList();
        Assert.Equal(others.Order(), left.Intersect(others).Order());
        Assert.Empty(left.Intersect(own));
        Assert.InRange(left.Count, 1, 20 + 64 + others.Length);
    }

    [Fact]
    public async Task What_is_too_large_is_not_kept()
    {
        var cache = new ProgramCacheFolder(_folder.FullName);
        await cache.KeepAsync(Digest.Sha256([1]), new byte[1 << 20], default);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_no_error()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "x");
        var cache = new ProgramCacheFolder(Path.Combine(file, "below"));
        await cache.KeepAsync(Digest.Sha256([1]), new byte[1], default);
        Assert.Null(await cache.FindAsync(Digest.Sha256([1]), default));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static object Other(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(string)) return property.Name + "\r\u00e9";
        if (type == typeof(bool)) return true;
        if (type == typeof(ProcessorLevel)) return new ProcessorLevel(3, true);
        return type.IsEnum ? Enum.GetValues(type).GetValue(1)! : Convert.ChangeType(77, type, null);
    }

    private Task<SimulatedPull> PullAsync(RawManifest image, PullOptions? options = null, Node? node = null) =>
        new PullSimulator((options ?? new PullOptions()) with { Cache = new ProgramCacheFolder(_folder.FullName) }).PullAsync(_content, image, node ?? Amd64, default);

    private async Task<string> CodesAsync(RawManifest image, PullOptions options) => string.Join(' ', (await PullAsync(image, options)).Findings.Select(f => f.Kind.Code));
}
