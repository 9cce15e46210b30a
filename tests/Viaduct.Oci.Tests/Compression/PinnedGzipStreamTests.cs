using System.Buffers.Binary;
using CsCheck;
using Viaduct.Oci.Compression;
using Xunit;

namespace Viaduct.Oci.Tests.Compression;

public sealed class PinnedGzipStreamTests
{
    public static TheoryData<string, int> Inputs
    {
        get
        {
            var inputs = new TheoryData<string, int>();
            foreach (var kind in new[] { "zeros", "random", "text", "half", "fibonacci", "skewed", "window", "beyond", "threes" })
            {
                foreach (var length in new[] { 0, 1, 2, 3, 4, 5, 257, 258, 259, 10_240, TestData.Block - 1, TestData.Block, TestData.Block + 1, 3_000_000 })
                {
                    inputs.Add(kind, length);
                }
            }

            return inputs;
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void What_was_compressed_comes_back(string kind, int length)
    {
        var data = TestData.Make(kind, length);
        Assert.True(data.AsSpan().SequenceEqual(Gzip.Decompress(Gzip.Compress(data))));
    }

    [Theory]
    [InlineData("text", 3_000_000)]
    [InlineData("half", 3_000_000)]
    [InlineData("random", TestData.Block)]
    [InlineData("random", TestData.Block + 1)]
    [InlineData("zeros", 10 * TestData.Block)]
    [InlineData("half", 0)]
    public async Task The_bytes_do_not_depend_on_the_number_of_threads(string kind, int length)
    {
        var data = TestData.Make(kind, length);
        var expected = Gzip.Compress(data, threads: 1);
        foreach (var threads in new[] { 0, 2, 8 })
        {
            Assert.Equal(expected, Gzip.Compress(data, threads));
            Assert.Equal(expected, await CompressAsync(data, threads));
        }
    }

    [Fact]
    public void The_bytes_do_not_depend_on_the_cut_of_the_writes_or_on_flushes()
    {
        var data = TestData.Make("half", (2 * TestData.Block) + 12_345);
        var expected = Gzip.Compress(data);
        Gen.Select(Gen.Int[0, 100_000].Array[1, 20], Gen.Int[1, 3], Gen.Bool).Sample(
            (cuts, threads, flush) =>
            {
                using var output = new MemoryStream();
                using (var gzip = new PinnedGzipStream(output, threads, leaveOpen: true))
                {
                    var rest = data.AsSpan();
                    for (var i = 0; !rest.IsEmpty; i++)
                    {
                        var piece = i < cuts.Length ? rest[..Math.Min(cuts[i], rest.Length)] : rest;
                        gzip.Write(piece);
                        rest = rest[piece.Length..];
                        if (flush)
                        {
                            gzip.Flush();
                        }
                    }
                }

                return output.ToArray().AsSpan().SequenceEqual(expected);
            },
            iter: 40);
    }

    [Fact]
    public void Writing_byte_by_byte_gives_the_same_bytes()
    {
        var data = TestData.Make("text", 20_000);
        using var output = new MemoryStream();
        using (var gzip = new PinnedGzipStream(output, leaveOpen: true))
        {
            foreach (var b in data)
            {
                gzip.WriteByte(b);
            }
        }

        Assert.Equal(Gzip.Compress(data), output.ToArray());
    }

    [Fact]
    public void Any_bytes_come_back()
        => Gen.Select(Gen.Byte[0, 255], Gen.Byte.Array[0, 40], Gen.Int[1, 2000]).Array[0, 12].Sample(
            pieces =>
            {
                byte[] data = [.. pieces.SelectMany(p => Enumerable.Repeat(p.Item2.Append(p.Item1), p.Item3).SelectMany(x => x))];
                return data.AsSpan().SequenceEqual(Gzip.Decompress(Gzip.Compress(data)));
            },
            iter: 200);

    [Fact]
    public void Header_and_trailer_say_nothing_about_time_or_system()
    {
        var gzip = Gzip.Compress("a"u8);
        Assert.Equal([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255], gzip[..10]);
        Assert.Equal(0xE8B7BE43, BinaryPrimitives.ReadUInt32LittleEndian(gzip.AsSpan(^8)));
        Assert.Equal(1u, BinaryPrimitives.ReadUInt32LittleEndian(gzip.AsSpan(^4)));
    }

    [Fact]
    public void Nothing_makes_an_empty_member() => Assert.Equal(
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0], Gzip.Compress([]));

    [Theory]
    [InlineData(100_000)]
    [InlineData(3_000_000)]
    public void Incompressible_input_grows_by_less_than_a_thousandth(int length)
        => Assert.InRange(Gzip.Compress(TestData.Make("random", length)).Length, length, length + (length / 1000));

    [Fact]
    public void A_match_reaches_over_a_block_boundary()
    {
        // Noise that is repeated once, the repetition in the next block: without a dictionary nothing would be saved.
        var data = TestData.Noise(TestData.Block + 20_000, seed: 9);
        data.AsSpan(TestData.Block - 20_000, 20_000).CopyTo(data.AsSpan(TestData.Block));
        Assert.InRange(Gzip.Compress(data).Length, 0, TestData.Block + 1000);
    }

    private static async Task<byte[]> CompressAsync(byte[] data, int threads)
    {
        using var output = new MemoryStream();
        await using (var gzip = new PinnedGzipStream(output, threads, leaveOpen: true))
        {
            for (var i = 0; i < data.Length; i += 77_777)
            {
                await gzip.WriteAsync(data.AsMemory(i, Math.Min(77_777, data.Length - i)), TestContext.Current.CancellationToken);
            }

            await gzip.CompleteAsync(TestContext.Current.CancellationToken);
        }

        return output.ToArray();
    }
}
