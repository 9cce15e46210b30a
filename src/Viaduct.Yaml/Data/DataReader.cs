using System.Collections.Frozen;
using System.Text;
using Viaduct.Oci;

namespace Viaduct.Yaml;

/// <summary>
/// Reads streams of YAML or JSON documents that may be long, an object at a time: of a document whose <c>items</c> are a list each item by
/// itself. Encodings: UTF-8, and UTF-16 with its mark before it.
/// </summary>
public static class DataReader
{
    /// <summary>YAML takes some ten times as long to read as JSON.</summary>
    public const int MaxYaml = 64 << 20;

    public const int MaxJson = 512 << 20;

    /// <inheritdoc cref="Read(Stream, string, IReadOnlySet{string}, CancellationToken)"/>
    public static IEnumerable<DataPart> Read(Stream stream, string shownAs, CancellationToken cancellationToken) =>
        Read(stream, shownAs, FrozenSet<string>.Empty, cancellationToken);

    /// <param name="unread">Members that nobody looks at where they are lists: they may be left out.</param>
    /// <exception cref="ViaductException">VIA2002, VIA2003. What reading <paramref name="stream"/> throws goes through.</exception>
    public static IEnumerable<DataPart> Read(Stream stream, string shownAs, IReadOnlySet<string> unread, CancellationToken cancellationToken)
    {
        var (utf8, head) = DataEncoding.Utf8(stream);
        IDataTokens tokens = DataEncoding.LooksLikeJson(head)
            ? new JsonTokens(new BoundedStream(utf8, MaxJson, shownAs), shownAs)
            : new YamlTokens(new StreamReader(new BoundedStream(utf8, MaxYaml, shownAs), Encoding.UTF8), shownAs);
        var builder = new DataBuilder(tokens, shownAs, unread);
        while (tokens.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var part in tokens.Token switch
            {
                DataToken.MapStart => Document(tokens, builder, cancellationToken),
                DataToken.ListStart => Items(tokens, builder, null, cancellationToken),
                _ => [new DataPart(builder.Part(), false, null)],
            })
                yield return part;
        }
    }

    private static IEnumerable<DataPart> Document(IDataTokens tokens, DataBuilder builder, CancellationToken cancellationToken)
    {
        var (line, column) = (tokens.Line, tokens.Column);
        var members = new DataMembers();
        string? kind = null;
        builder.Begin();
        for (builder.Advance(); tokens.Token != DataToken.MapEnd; builder.Advance())
        {
            var key = builder.Key();
            if (key != "items")
            {
                builder.Member(members, key);
                if (key == "kind") kind = members.Latest?.Text;
                continue;
            }
            builder.Advance();
            var (at, from) = (tokens.Line, tokens.Column);
            if (tokens.Token != DataToken.ListStart)
            {
                members.Add(key, builder.Value());
                continue;
            }
            foreach (var item in Items(tokens, builder, kind, cancellationToken))
                yield return item;
            members.Add(key, builder.Weighed(DataNode.List([], 1, at, from)));
        }
        yield return new DataPart(DataNode.Map(members.ToList(), 1, line, column), false, null);
    }

    private static IEnumerable<DataPart> Items(IDataTokens tokens, DataBuilder builder, string? kind, CancellationToken cancellationToken)
    {
        for (builder.Advance(); tokens.Token != DataToken.ListEnd; builder.Advance())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new DataPart(builder.Part(), true, kind);
        }
    }
}
