using System.Text;

namespace Viaduct.Build.Engines;

/// <summary>
/// One message of BuildKit's progress: <c>moby.buildkit.v1.StatusResponse</c> (buildkit, api/services/control/control.proto), as far as somebody reads it.
/// </summary>
/// <param name="Logs">What steps said, by the digest of the step.</param>
internal sealed record BuildTrace(IReadOnlyList<BuildVertex> Vertexes, IReadOnlyList<(string Vertex, byte[] Message)> Logs)
{
    /// <exception cref="FormatException">These bytes are no such message.</exception>
    public static BuildTrace Parse(ReadOnlySpan<byte> bytes)
    {
        var vertexes = new List<BuildVertex>();
        var logs = new List<(string, byte[])>();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
            if (reader.Field == 1) vertexes.Add(Vertex(reader.Bytes));
            else if (reader.Field == 3) logs.Add(Log(reader.Bytes));
        return new BuildTrace(vertexes, logs);
    }

    public void Tell(BuildLog log)
    {
        // Announced before they begin, and some never do.
        foreach (var vertex in Vertexes.Where(v => v.Started || v.Cached || v.Error.Length > 0))
        {
            log.Begin(vertex.Digest, vertex.Name, vertex.Cached);
            if (vertex.Error.Length > 0) log.Fail(vertex.Digest, vertex.Error);
        }
        foreach (var (vertex, message) in Logs) log.Say(vertex, message);
    }

    private static BuildVertex Vertex(ReadOnlySpan<byte> bytes)
    {
        var vertex = new BuildVertex("", "", Cached: false, Started: false, Completed: false, "");
        var reader = new ProtoReader(bytes);
        while (reader.Next())
            vertex = reader.Field switch
            {
                1 => vertex with { Digest = Text(reader.Bytes) },
                3 => vertex with { Name = Text(reader.Bytes) },
                4 => vertex with { Cached = reader.Number != 0 },
                5 => vertex with { Started = true },
                6 => vertex with { Completed = true },
                7 => vertex with { Error = Text(reader.Bytes) },
                _ => vertex,
            };
        return vertex;
    }

    private static (string, byte[]) Log(ReadOnlySpan<byte> bytes)
    {
        var (vertex, message) = ("", Array.Empty<byte>());
        var reader = new ProtoReader(bytes);
        while (reader.Next())
            if (reader.Field == 1) vertex = Text(reader.Bytes);
            else if (reader.Field == 4) message = reader.Bytes.ToArray();
        return (vertex, message);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
