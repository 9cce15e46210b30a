using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Viaduct.Oci.Compression;

namespace Viaduct.Benchmarks;

/// <summary>
/// The pinned compressor beside its peers, one after the other over the same bytes in the same process. Arguments: files to
/// compress; without any, inputs that are made here and are the same on every machine.
/// </summary>
internal static class CompressionBenchmark
{
    private const int Rounds = 3;
    private const int Piece = 128 * 1024;

    private static readonly (string Name, Func<Stream, Stream> Open)[] Compressors =
    [
        ($"{PinnedGzip.Identity}, 1 thread", output => new PinnedGzipStream(output, threads: 1, leaveOpen: true)),
        ($"{PinnedGzip.Identity}, 2 threads", output => new PinnedGzipStream(output, threads: 2, leaveOpen: true)),
        ("System.IO.Compression, level 6", output => new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true)),
#if SHARPCOMPRESS
        ("SharpCompress, level 6", output => new SharpCompress.Compressors.Deflate.GZipStream(
            output,
            SharpCompress.Compressors.CompressionMode.Compress,
            SharpCompress.Compressors.Deflate.CompressionLevel.Level6,
            System.Text.Encoding.UTF8,
            leaveOpen: true)),
#endif
    ];

    public static int Run(string[] args)
    {
        Console.WriteLine("| input | compressor | MB/s (median) | MB/s (best) | output / input |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: |");
        if (args.Length == 0)
        {
            Measure("256 MiB, half-compressible", CompressionInputs.MakeHalf(256 << 20));
            Measure("64 MiB of text", CompressionInputs.MakeText(64 << 20));
            Measure("64 MiB of noise", CompressionInputs.MakeNoise(64 << 20));
            Measure("64 MiB of zeros", new byte[64 << 20]);
            MeasureSmall();
        }

        foreach (var path in args)
        {
            Measure(Path.GetFileName(path), File.ReadAllBytes(path));
        }

        return 0;
    }

    private static void Measure(string name, byte[] data)
    {
        // Round by round, so that a busy machine is busy for all of them; the first is for the just-in-time compiler.
        var rates = Compressors.Select(_ => new double[Rounds]).ToArray();
        var lengths = new long[Compressors.Length];
        for (var round = -1; round < Rounds; round++)
        {
            for (var i = 0; i < Compressors.Length; i++)
            {
                var input = round < 0 ? data.AsSpan(0, Math.Min(data.Length, 8 << 20)) : data;
                var start = Stopwatch.GetTimestamp();
                lengths[i] = Compress(input, Compressors[i].Open);
                if (round >= 0)
                {
                    rates[i][round] = data.Length / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds;
                }
            }
        }

        for (var i = 0; i < Compressors.Length; i++)
        {
            Array.Sort(rates[i]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {Compressors[i].Name} | {rates[i][Rounds / 2]:F0} | {rates[i][^1]:F0} | {(double)lengths[i] / data.Length:F4} |"));
        }
    }

    /// <summary>Layers of small images: what a stream costs from its making to its end.</summary>
    private static void MeasureSmall()
    {
        const int Count = 2000;
        var data = CompressionInputs.MakeText(2048);
        Console.WriteLine();
        Console.WriteLine("| 2 KiB of text | µs each | bytes allocated each |");
        Console.WriteLine("| --- | ---: | ---: |");
        foreach (var (compressor, open) in Compressors)
        {
            Repeat(Count, data, open);
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            Repeat(Count, data, open);
            var time = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Count;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {compressor} | {time:F1} | {(GC.GetAllocatedBytesForCurrentThread() - bytes) / Count} |"));
        }
    }

    private static void Repeat(int count, byte[] data, Func<Stream, Stream> open)
    {
        for (var i = 0; i < count; i++)
        {
            Compress(data, open);
        }
    }

    private static long Compress(ReadOnlySpan<byte> data, Func<Stream, Stream> open)
    {
        var output = new CountingStream();
        using (var gzip = open(output))
        {
            while (!data.IsEmpty)
            {
                var piece = data[..Math.Min(Piece, data.Length)];
                gzip.Write(piece);
                data = data[piece.Length..];
            }
        }

        return output.Length;
    }

    private sealed class CountingStream : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer) => _length += buffer.Length;

        public override void Write(byte[] buffer, int offset, int count) => _length += count;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
