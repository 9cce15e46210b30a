using System.Collections.Concurrent;
using System.Globalization;

namespace Viaduct.Server;

/// <summary>What the pieces of unfinished uploads were, as far as a rule has to know.</summary>
internal sealed class UploadNotes
{
    private const int Many = 4096;

    private readonly ConcurrentDictionary<string, (long Length, long Piece)> _notes = new(StringComparer.Ordinal);

    /// <summary>How much has come and how much of it last; zeros for an upload that got nothing yet.</summary>
    public (long Length, long Piece) Find(Exchange exchange) => _notes.GetValueOrDefault(exchange.Route.Reference);

    /// <summary>Reads what a PATCH brought from the endpoint's own <c>Range</c>.</summary>
    public void Write(Exchange exchange)
    {
        if (_notes.Count >= Many) _notes.Clear();
        var range = exchange.Http.Response.Headers.Range.ToString();
        if (!long.TryParse(range.AsSpan(range.IndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var last)) return;
        _notes[exchange.Route.Reference] = (last + 1, last + 1 - Find(exchange).Length);
    }

    public void Forget(Exchange exchange) => _notes.TryRemove(exchange.Route.Reference, out _);
}
