using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.RegularExpressions;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Tells nodes.yaml and kubectl's JSON apart by how they begin, and hands them to their readers.</summary>
internal static partial class NodeStream
{
    private const int HeadSize = 4096;

    public static async Task<NodeList> ReadAsync(Stream stream, string shownAs, NodeFolder folder, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
        var head = await HeadAsync(pipe, cancellationToken);
        // Windows PowerShell writes what is sent to a file as UTF-16.
        var utf16 = head.AsSpan().StartsWith<byte>([0xFF, 0xFE]) ? Encoding.Unicode : head.AsSpan().StartsWith<byte>([0xFE, 0xFF]) ? Encoding.BigEndianUnicode : null;
        if (utf16 is not null)
        {
            await SkipAsync(pipe, 2, cancellationToken);
            await using var transcoded = Encoding.CreateTranscodingStream(pipe.AsStream(leaveOpen: true), utf16, Encoding.UTF8);
            pipe = PipeReader.Create(transcoded, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
            return await ReadAsync(pipe, await HeadAsync(pipe, cancellationToken), shownAs, folder, cancellationToken);
        }
        if (head.AsSpan().StartsWith<byte>([0xEF, 0xBB, 0xBF])) await SkipAsync(pipe, 3, cancellationToken);
        return await ReadAsync(pipe, head, shownAs, folder, cancellationToken);
    }

    private static async Task<NodeList> ReadAsync(PipeReader pipe, byte[] head, string shownAs, NodeFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            return KubernetesJson().IsMatch(Encoding.UTF8.GetString(head))
                ? await new KubectlReader(shownAs).ReadAsync(pipe, cancellationToken)
                : await NodeFile.ParseAsync(await TextAsync(pipe, shownAs, cancellationToken), shownAs, folder, cancellationToken);
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static async Task<byte[]> HeadAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        var buffer = (await pipe.ReadAtLeastAsync(HeadSize, cancellationToken)).Buffer;
        var head = buffer.Slice(0, Math.Min(buffer.Length, HeadSize)).ToArray();
        pipe.AdvanceTo(buffer.Start);
        return head;
    }

    private static async Task SkipAsync(PipeReader pipe, int count, CancellationToken cancellationToken)
    {
        var buffer = (await pipe.ReadAsync(cancellationToken)).Buffer;
        pipe.AdvanceTo(buffer.GetPosition(count));
    }

    private static async Task<string> TextAsync(PipeReader pipe, string shownAs, CancellationToken cancellationToken)
    {
        var buffer = (await pipe.ReadAtLeastAsync(YamlFile.MaxBytes + 1, cancellationToken)).Buffer;
        if (buffer.Length > YamlFile.MaxBytes) throw NodeErrors.TooLarge(shownAs);
        if (buffer.IsEmpty) throw NodeErrors.Empty(shownAs);
        return Encoding.UTF8.GetString(buffer);
    }

    /// <summary>An object, or a list of objects as jq takes it out of one; {"nodes": …} is nodes.yaml, which JSON is, too.</summary>
    [GeneratedRegex("""^\uFEFF?\s*(\{\s*"(?!nodes")|\[\s*\{\s*"(apiVersion|kind|metadata|spec|status)")""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex KubernetesJson();
}
