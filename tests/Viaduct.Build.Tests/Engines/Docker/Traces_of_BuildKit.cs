using System.Text;
using Viaduct.Build.Engines;

namespace Viaduct.Build.Tests.Engines;

public sealed class Traces_of_BuildKit
{
    /// <summary>What Docker Engine 28.5 sent of a step that failed: vertex, then status, log and end.</summary>
    private static byte[] Message(params (int Field, byte[] Content)[] fields)
    {
        var bytes = new List<byte>();
        foreach (var (field, content) in fields)
        {
            bytes.Add((byte)(field << 3 | 2));
            for (var length = content.Length; ; length >>= 7)
            {
                bytes.Add((byte)((length & 0x7f) | (length > 0x7f ? 0x80 : 0)));
                if (length <= 0x7f) break;
            }
            bytes.AddRange(content);
        }
        return [.. bytes];
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Vertex(string digest, string name, string? error = null, bool cached = false, bool started = true) =>
        [.. Message((1, Text(digest)), (2, Text("sha256:input")), (3, Text(name))), .. (cached ? (byte[])[4 << 3, 1] : []),
            .. started ? Message((5, [8, 0x80, 1, 16, 1])) : [], .. error is null ? [] : Message((6, [8, 1]), (7, Text(error)))];

    private static byte[] Log(string digest, string text) => [.. Message((1, Text(digest)), (2, [8, 1])), 3 << 3, 1, .. Message((4, Text(text)))];

    [Fact]
    public void Steps_are_told_when_they_begin_and_the_failing_one_with_its_last_lines()
    {
        var heard = new List<string>();
        var log = new BuildLog(new Heard(heard), n => n.Replace("NAME", "user", StringComparison.Ordinal));
        BuildTrace.Parse(Message((1, Vertex("d0", "[internal] load metadata")), (1, Vertex("d1", "[1/3] FROM NAME", started: false)), (1, Vertex("d2", "[2/3] RUN make")))).Tell(log);
        BuildTrace.Parse(Message((1, Vertex("d1", "[1/3] FROM NAME", cached: true)), (1, Vertex("d2", "[2/3] RUN make")), (3, Log("d2", string.Concat(Enumerable.Range(0, 30).Select(i => $"line {i}\n")))))).Tell(log);
        BuildTrace.Parse(Message((1, Vertex("d9", "[3/3] RUN x", "context canceled")), (1, Vertex("d2", "[2/3] RUN make", "process did not complete successfully: exit code: 2")), (3, Log("d2", "la\u001b[31mst\n")), (3, Log("unknown", "x")))).Tell(log);
        Assert.Equal(["[2/3] RUN make", "[1/3] FROM user (cached)", "[3/3] RUN x"], heard);
        var failed = log.Failed!;
        Assert.Equal(("[2/3] RUN make", "2"), (failed.Name, failed.ExitCode));
        Assert.Equal(20, failed.Lines.Count);
        Assert.Equal(("line 11", "la?[31mst"), (failed.Lines[0], failed.Lines[^1]));
    }

    [Fact]
    public void Fields_that_nobody_knows_are_passed_over()
    {
        byte[] unknown = [.. Message((1, Vertex("d", "n")), (15, [1, 2, 3])), 14 << 3 | 1, 1, 2, 3, 4, 5, 6, 7, 8, 13 << 3 | 5, 1, 2, 3, 4];
        Assert.Equal("n", Assert.Single(BuildTrace.Parse(unknown).Vertexes).Name);
    }

    [Fact]
    public void Ten_thousand_damaged_messages_are_read_or_refused()
    {
        var whole = Message((1, Vertex("d0", "[1/3] FROM NAME", cached: true)), (1, Vertex("d2", "[2/3] RUN make", "error")), (3, Log("d2", "words\n")), (4, [10, 1, 65]));
        var random = new Random(20261123);
        var refused = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var bytes = whole.ToArray();
            for (var n = random.Next(1, 6); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                BuildTrace.Parse(bytes.AsSpan(0, random.Next(bytes.Length + 1))).Tell(new BuildLog(null, n => n));
            }
            catch (FormatException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1000, 9999);
    }

    private sealed class Heard(List<string> heard) : IProgress<string>
    {
        public void Report(string value) => heard.Add(value);
    }
}
