namespace Viaduct.Yaml;

internal enum DataToken
{
    End,
    MapStart,
    MapEnd,
    ListStart,
    ListEnd,

    /// <summary>A key or a value.</summary>
    Scalar,

    Alias,
}
