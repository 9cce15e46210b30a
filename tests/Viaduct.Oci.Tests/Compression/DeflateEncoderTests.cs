using Viaduct.Oci.Compression;
using Xunit;

namespace Viaduct.Oci.Tests.Compression;

public sealed class DeflateEncoderTests
{
    [Theory]
    [InlineData("zeros", 5)]
    [InlineData("zeros", 1000)]
    [InlineData("text", 3000)]
    [InlineData("threes", 50_001)]
    [InlineData("fibonacci", 50_002)]
    public void Bytes_after_the_end_and_what_was_compressed_before_decide_nothing(string kind, int length)
    {
        var data = TestData.Make(kind, length);
        var encoder = new DeflateEncoder();
        var expected = Encode(encoder, [.. data, .. new byte[8]], length);

        // What follows goes on as the data does, so that a match could run into it.
        Assert.Equal(expected, Encode(encoder, [.. data, .. data.AsSpan(Math.Max(0, length - 500))[..5], 0, 0, 0], length));
        Encode(encoder, [.. TestData.Make("half", 100_000), .. new byte[8]], 100_000);
        Assert.Equal(expected, Encode(encoder, [.. data, .. TestData.Noise(8, seed: 3)], length));
    }

    [Fact]
    public void Every_match_length_has_the_last_symbol_whose_base_it_reaches()
    {
        for (var length = DeflateTables.MinMatch; length <= DeflateTables.MaxMatch; length++)
        {
            var slot = DeflateTables.LengthSlot[length];
            Assert.InRange(length - DeflateTables.LengthBase[slot], 0, (1 << DeflateTables.LengthExtraBits[slot]) - 1);
        }

        Assert.Equal(28, DeflateTables.LengthSlot[258]);
    }

    [Fact]
    public void Every_distance_lies_within_its_symbol()
    {
        for (var distance = 1; distance <= PinnedGzip.WindowSize; distance++)
        {
            var slot = DeflateTables.DistanceSlot(distance);
            Assert.InRange(distance - DeflateTables.DistanceBase[slot], 0, (1 << DeflateTables.DistanceExtraBits[slot]) - 1);
        }
    }

    private static byte[] Encode(DeflateEncoder encoder, byte[] buffer, int length)
    {
        var output = new byte[DeflateEncoder.Bound(length)];
        return output[..encoder.Encode(buffer, 0, length, final: true, output, 0)];
    }
}
