using System.Formats.Tar;
using System.Text;
using Viaduct.Build.Engines;
using Viaduct.Oci;

namespace Viaduct.Build.Tests.Engines;

public sealed class Contexts_for_an_engine : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    private async Task<(byte[] Bytes, List<string> Lines)> TarAsync(bool withCopy = false, bool classic = false)
    {
        using var bytes = new MemoryStream();
        await new ContextArchive(BuildContext.Open(_work.Root, _work.Dockerfile), "FROM x", withCopy, classic, 99).WriteAsync(bytes, CancellationToken.None);
        var lines = new List<string>();
        bytes.Position = 0;
        using var tar = new TarReader(bytes, leaveOpen: true);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            Assert.Equal((0, 0, DateTimeOffset.FromUnixTimeSeconds(99)), (entry.Uid, entry.Gid, entry.ModificationTime));
            Assert.NotEqual(TarEntryFormat.Pax, entry.Format);
            lines.Add($"{Convert.ToString((int)entry.Mode, 8)} {entry.Name}" + entry.EntryType switch
            {
                TarEntryType.SymbolicLink => " -> " + entry.LinkName,
                TarEntryType.HardLink => " = " + entry.LinkName,
                TarEntryType.RegularFile => $" {await new StreamReader(entry.DataStream ?? Stream.Null).ReadToEndAsync()}",
                _ => "",
            });
        }
        return (bytes.ToArray(), lines);
    }

    [Fact]
    public async Task It_is_sorted_normalised_and_without_what_is_ignored()
    {
        var name = new string('n', 120);
        _work.File("b/run.sh", "r", executable: true).File("a", "A").File("no.log", "n").File(".dockerignore", "*.log").Link("l", "b").File("b/.viaduct/x", "x").File(name, "long");
        var (bytes, lines) = await TarAsync();
        Assert.Equal(["755 .viaduct/", "644 .viaduct/Dockerfile FROM x", "644 .dockerignore *.log", "644 a A", "755 b/", "755 b/run.sh r", "777 l -> b", $"644 {name} long"], lines);
        File.SetLastWriteTimeUtc(Path.Combine(_work.Root, "a"), DateTime.UnixEpoch.AddDays(1));
        Assert.Equal(bytes, (await TarAsync()).Bytes);
    }

    [Fact]
    public async Task A_second_tree_of_links_stands_for_the_context_alone()
    {
        _work.File("b/run.sh", "r", executable: true).Link("l", "b");
        Assert.Equal(["755 .viaduct/", "644 .viaduct/Dockerfile FROM x", "755 b/", "755 b/run.sh r", "777 l -> b",
            "755 .viaduct/context/", "755 .viaduct/context/b/", "755 .viaduct/context/b/run.sh = b/run.sh", "777 .viaduct/context/l -> b"], (await TarAsync(withCopy: true)).Lines);
    }

    [Fact]
    public async Task The_classic_builder_is_told_to_leave_the_Dockerfile_out()
    {
        _work.File("a", "A");
        Assert.Equal(["644 .viaduct FROM x", "644 a A", "644 .dockerignore .dockerignore\n.viaduct\n"], (await TarAsync(classic: true)).Lines);
        _work.File(".dockerignore", "*.log");
        Assert.Equal(["644 .viaduct FROM x", "644 .dockerignore *.log\n.viaduct\n", "644 a A"], (await TarAsync(classic: true)).Lines);
    }

    [Fact]
    public async Task A_socket_is_left_out_and_a_file_that_changes_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sockets in folders");
        _work.File("a", "A");
        using (var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0))
        {
            socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Path.Combine(_work.Root, "s")));
            Assert.DoesNotContain((await TarAsync()).Lines, l => l.EndsWith(" s", StringComparison.Ordinal));
        }
        var context = BuildContext.Open(_work.Root, _work.Dockerfile);
        Assert.NotEmpty(context.Tree.Root.Below());
        File.WriteAllText(Path.Combine(_work.Root, "a"), "longer");
        var failure = await Assert.ThrowsAsync<ViaductException>(() => new ContextArchive(context, "FROM x", false, false, 0).WriteAsync(Stream.Null, CancellationToken.None));
        Assert.Equal("VIA2128", failure.Code);
    }
}
