using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>
/// Reads what <c>kubectl get nodes -o json</c> prints, a node at a time, since a large cluster's nodes are many MiB: a List, a NodeList, a
/// single Node, or an array of Nodes.
/// </summary>
internal sealed class KubectlReader(string shownAs)
{
    internal const long MaxBytes = 256 << 20;

    /// <summary>Of one node, and of every other member of the outermost object; kubelet reports 50 images at most, which are some KiB.</summary>
    private const int MaxPart = 8 << 20;

    private readonly KubectlNodes _nodes = new(shownAs);
    private readonly Dictionary<string, JsonElement> _single = new(StringComparer.Ordinal);
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 64 });
    private Place _place;
    private bool _isArray;
    private bool _hasItems;
    private string? _kind;

    private enum Place { Start, Members, Items, End }

    /// <exception cref="ViaductException">VIA6015, VIA6016.</exception>
    public async Task<NodeList> ReadAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        var (total, rest) = (0L, 0L);
        while (true)
        {
            // Twice of what was not enough, so that a long part is not looked at again with every block.
            var read = await pipe.ReadAtLeastAsync((int)Math.Max(1, 2 * rest), cancellationToken);
            var consumed = Consume(read.Buffer, read.IsCompleted);
            total += read.Buffer.Slice(0, consumed).Length;
            rest = read.Buffer.Slice(consumed).Length;
            if (total + rest > MaxBytes) throw NodeErrors.NotNodes(shownAs, $"it is larger than {MaxBytes >> 20} MiB");
            if (rest > MaxPart) throw NodeErrors.NotNodes(shownAs, $"a part of it is larger than {MaxPart >> 20} MiB");
            pipe.AdvanceTo(consumed, read.Buffer.End);
            if (read.IsCompleted) break;
        }
        try
        {
            return Finish();
        }
        catch (InvalidOperationException)
        {
            throw NotUnicode();
        }
    }

    private NodeList Finish()
    {
        if (_kind == "Node" && !_hasItems) _nodes.Add(_single.GetValueOrDefault("metadata"), _single.GetValueOrDefault("spec"), _single.GetValueOrDefault("status"));
        else if (_kind is not (null or "List" or "NodeList")) throw NodeErrors.NotNodes(shownAs, $"it is a {YamlErrors.Shown(_kind, 60)}");
        else if (!_hasItems) throw NodeErrors.NotNodes(shownAs, "it has no items");
        return _nodes.ToList();
    }

    private SequencePosition Consume(ReadOnlySequence<byte> buffer, bool isLast)
    {
        var reader = new Utf8JsonReader(buffer, isLast, _state);
        try
        {
            var before = reader;
            while (Step(ref reader)) before = reader;
            _state = before.CurrentState;
            return before.Position;
        }
        catch (JsonException e)
        {
            throw NodeErrors.NotNodes($"{shownAs}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}", "it is not JSON");
        }
        catch (InvalidOperationException)
        {
            throw NotUnicode();
        }
    }

    /// <summary>For what half of a surrogate pair is answered with where a string is decoded.</summary>
    private ViaductException NotUnicode() => NodeErrors.NotNodes(shownAs, "it holds a string that is not Unicode");

    /// <summary>Reads one bracket, one member or one node; false when not all of it has arrived.</summary>
    private bool Step(ref Utf8JsonReader reader)
    {
        if (!reader.Read()) return false;
        switch (_place)
        {
            case Place.Start:
                _isArray = _hasItems = reader.TokenType == JsonTokenType.StartArray;
                _place = _isArray ? Place.Items : Place.Members;
                return true;
            case Place.Members when reader.TokenType == JsonTokenType.EndObject:
            case Place.Items when reader.TokenType == JsonTokenType.EndArray && _isArray:
                _place = Place.End;
                return true;
            case Place.Items when reader.TokenType == JsonTokenType.EndArray:
                _place = Place.Members;
                return true;
            case Place.Items:
                if (!JsonDocument.TryParseValue(ref reader, out var node)) return false;
                using (node) _nodes.Add(node.RootElement);
                return true;
            default:
                return Member(ref reader);
        }
    }

    private bool Member(ref Utf8JsonReader reader)
    {
        var name = reader.GetString()!;
        if (name == "items")
        {
            if (!reader.Read()) return false;
            if (reader.TokenType == JsonTokenType.StartArray) _place = Place.Items;
            else if (reader.TokenType != JsonTokenType.Null) throw NodeErrors.NotNodes(shownAs, "its items are no array");
            _hasItems = true;
            return true;
        }
        if (!JsonDocument.TryParseValue(ref reader, out var value)) return false;
        using (value)
        {
            if (name == "kind") _kind = value.RootElement.ValueKind == JsonValueKind.String ? value.RootElement.GetString() : null;
            if (name is "metadata" or "spec" or "status") _single[name] = value.RootElement.Clone();
        }
        return true;
    }
}
