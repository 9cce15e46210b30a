namespace Viaduct.Yaml;

/// <summary>The pieces of a stream of documents one after the other, of YAML and of JSON alike.</summary>
internal interface IDataTokens
{
    DataToken Token { get; }

    /// <summary>Of a scalar.</summary>
    DataKind Kind { get; }

    /// <summary>Of a scalar as it is written; the name of an alias.</summary>
    string? Text { get; }

    /// <summary>What the value is called by later aliases; null where it has no name.</summary>
    string? Anchor { get; }

    /// <summary>Grows with each document: names end with theirs.</summary>
    int Document { get; }

    int Line { get; }
    int Column { get; }

    /// <summary>False at the end of the stream.</summary>
    /// <exception cref="Viaduct.Oci.ViaductException">VIA2002, VIA2003.</exception>
    bool Next();

    /// <summary>
    /// Passes over the list that begins with the current token, whose end is then the current one. False, with nothing passed over, where that
    /// is no list or where something in it may have a name that stands for it later.
    /// </summary>
    bool TryPass();
}
