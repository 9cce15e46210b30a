using System.Globalization;

namespace Viaduct.Reports;

/// <summary>Bytes for people: <c>3.0 MB</c>, a thousand of each making one of the next.</summary>
public static class ByteSize
{
    public static string Text(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => Scaled(bytes, 1e3, "kB"),
        < 1_000_000_000 => Scaled(bytes, 1e6, "MB"),
        _ => Scaled(bytes, 1e9, "GB"),
    };

    private static string Scaled(long bytes, double unit, string name) => (bytes / unit).ToString("0.0", CultureInfo.InvariantCulture) + " " + name;
}
