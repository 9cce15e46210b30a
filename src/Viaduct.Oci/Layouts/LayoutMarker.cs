using System.Text;

namespace Viaduct.Oci.Layouts;

/// <summary>The file that makes a folder a layout (image-spec, image-layout.md).</summary>
internal static class LayoutMarker
{
    public const string File = "oci-layout";

    public static readonly byte[] Bytes = Encoding.ASCII.GetBytes("""{"imageLayoutVersion":"1.0.0"}""");

    public static void Check(byte[] bytes, Func<string, Exception> error)
    {
        using var document = JsonReading.Parse(bytes, why => error($"oci-layout: {why}"));
        var version = document.RootElement.Text("imageLayoutVersion", error);
        if (version is null || !version.StartsWith("1.", StringComparison.Ordinal))
            throw error($"its version is '{OciErrors.Shorten(version ?? "")}', and 1.0.0 is understood");
    }
}
