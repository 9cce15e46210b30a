using CsCheck;
using Viaduct.Oci.Compression;
using Xunit;

namespace Viaduct.Oci.Tests.Compression;

public sealed class HuffmanCodeTests
{
    [Fact]
    public void Every_code_is_complete_and_within_its_limit()
        => Gen.Select(Gen.OneOf(Gen.Int[0, 3], Gen.Int[0, 100_000]).Array[30], Gen.Int[5, 15]).Sample((frequencies, limit) =>
        {
            var code = new HuffmanCode(30, limit);
            code.Build(frequencies);
            var used = code.Lengths.Where(length => length > 0).ToArray();
            return used.Max() <= limit
                && used.Sum(length => 1 << (limit - length)) == 1 << limit
                && frequencies.Select((frequency, symbol) => frequency == 0 || code.Lengths[symbol] > 0).All(x => x);
        });

    [Fact]
    public void A_code_within_its_limit_is_optimal()
        => Gen.Int[1, 200].Array[2, 12].Sample(frequencies =>
        {
            var code = new HuffmanCode(frequencies.Length, maxLength: 15);
            code.Build(frequencies);

            // The cost of a Huffman code is the sum of its inner nodes.
            var nodes = new PriorityQueue<int, int>(frequencies.Select(f => (f, f)));
            var cost = 0;
            while (nodes.Count > 1)
            {
                var sum = nodes.Dequeue() + nodes.Dequeue();
                cost += sum;
                nodes.Enqueue(sum, sum);
            }

            return cost == frequencies.Select((frequency, symbol) => frequency * code.Lengths[symbol]).Sum();
        });

    [Fact]
    public void Fibonacci_frequencies_are_held_to_the_limit()
    {
        var frequencies = new int[30];
        (frequencies[0], frequencies[1]) = (1, 1);
        for (var i = 2; i < frequencies.Length; i++)
        {
            frequencies[i] = frequencies[i - 1] + frequencies[i - 2];
        }

        var code = new HuffmanCode(frequencies.Length, maxLength: 15);
        code.Build(frequencies);
        Assert.Equal(15, code.Lengths.Max());
        Assert.Equal(1 << 15, code.Lengths.Sum(length => 1 << (15 - length)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_lone_symbol_gets_a_companion(int symbol)
    {
        var frequencies = new int[4];
        frequencies[symbol] = 7;
        var code = new HuffmanCode(frequencies.Length, maxLength: 15);
        code.Build(frequencies);
        Assert.Equal([1, 1, 0, 0], code.Lengths);
    }
}
