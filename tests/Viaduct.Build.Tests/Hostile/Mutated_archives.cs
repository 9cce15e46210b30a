using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build.Tests;

/// <summary>Damaged and malicious archives: ADD unpacks them into the destination or refuses them.</summary>
public sealed class Mutated_archives : IAsyncDisposable
{
    private const int Count = 4_000;

    private static readonly string[] Names = ["a", "b/c", "d", "d/e", "d/../f", "../up", "/abs", "l", "l/x", "m/y", "very/deep/in/here", ".wh.a", "d/.wh..wh..opq", "a\nb", "é", " ", ".", "./z", "n//o", "x/", "CON"];
    private static readonly string[] Targets = ["..", "../../..", "/", "/etc", "a", "l", "m", "./b", "d/e", "../../../../etc/passwd", "nothing"];
    private static readonly TarEntryKind[] Kinds =
        [TarEntryKind.File, TarEntryKind.File, TarEntryKind.Directory, TarEntryKind.SymbolicLink, TarEntryKind.SymbolicLink, TarEntryKind.HardLink, TarEntryKind.Fifo, TarEntryKind.CharacterDevice, TarEntryKind.BlockDevice];

    private readonly Workspace _workspace = new Workspace().File("o/d/e", "1").File("o/file", "2").Link("o/l", "d").Link("o/root", "/");

    [Fact]
    public async Task All_that_they_hold_ends_up_below_the_destination_or_nowhere()
    {
        TestContext.Current.TestOutputHelper?.WriteLine(TestSeed.Name(0));
        var built = 0;
        for (var number = 0; number < Count; number++)
        {
            Workspace.Overwrite(Path.Combine(_workspace.Root, "x.tar"), await MakeAsync(TestSeed.Case(number)));
            try
            {
                var image = await _workspace.BuildAsync("FROM scratch\nCOPY o /in\nADD x.tar /in");
                if (image.Config.DiffIds.Count < 2) continue;
                await foreach (var (entry, _) in LayerReader.ReadAsync(image.Blobs[2], CancellationToken.None))
                    Assert.True(entry.Path == "in" || entry.Path.StartsWith("in/", StringComparison.Ordinal) && entry.Path.Split('/').All(p => p is not (".." or "." or "")), $"{TestSeed.Name(number)}: {entry.Path}");
                built++;
            }
            catch (ViaductException e) when (e.Code.StartsWith("VIA21", StringComparison.Ordinal) && e.Where is { Length: > 0 })
            {
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"{TestSeed.Name(number)}: {e.Message}", e);
            }
        }
        Assert.InRange(built, Count / 20, Count);
    }

    private static async Task<byte[]> MakeAsync(Random random)
    {
        var output = new MemoryStream();
        for (var i = random.Next(1, 12); i > 0; i--) output.Write(Header(random));
        output.Write(new byte[1024]);
        var bytes = output.ToArray();
        // Most stay whole: what is cut or flipped is seldom more than refused.
        return random.Next(8) switch
        {
            0 => bytes[..random.Next(bytes.Length)],
            1 => Flip(bytes, random),
            2 => await PackAsync(bytes, random),
            _ => bytes,
        };
    }

    private static byte[] Header(Random random)
    {
        var kind = Kinds[random.Next(Kinds.Length)];
        var size = kind == TarEntryKind.File ? random.Next(3) * 400 : 0;
        var header = new byte[512 + (size + 511) / 512 * 512];
        Put(header, 0, Names[random.Next(Names.Length)]);
        Put(header, 100, "0000644");
        Put(header, 108, "0000005");
        Put(header, 116, "0000006");
        Put(header, 124, Convert.ToString(random.Next(50) == 0 ? size + random.Next(2000) : size, 8).PadLeft(11, '0'));
        Put(header, 136, "00000000000");
        header[156] = (byte)(kind switch { TarEntryKind.Directory => '5', TarEntryKind.SymbolicLink => '2', TarEntryKind.HardLink => '1', TarEntryKind.Fifo => '6', TarEntryKind.CharacterDevice => '3', TarEntryKind.BlockDevice => '4', _ => '0' });
        if (kind is TarEntryKind.SymbolicLink or TarEntryKind.HardLink) Put(header, 157, random.Next(2) == 0 ? Targets[random.Next(Targets.Length)] : Names[random.Next(Names.Length)]);
        Put(header, 257, "ustar\000");
        if (random.Next(10) == 0) Put(header, 345, random.Next(2) == 0 ? ".." : "prefix/p");
        header.AsSpan(148, 8).Fill((byte)' ');
        Put(header, 148, Convert.ToString(header[..512].Sum(b => b), 8).PadLeft(6, '0') + "\0 ");
        return header;
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        for (var i = random.Next(1, 5); i > 0; i--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static async Task<byte[]> PackAsync(byte[] bytes, Random random)
    {
        var output = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(output, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync(bytes);
        return random.Next(2) == 0 ? Flip(output.ToArray(), random) : output.ToArray();
    }

    private static void Put(byte[] header, int at, string text) => System.Text.Encoding.UTF8.GetBytes(text).CopyTo(header, at);

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
