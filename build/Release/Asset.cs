using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Viaduct.Metadata;
using Viaduct.Oci;

namespace Build.Release;

/// <summary>A file of a release.</summary>
internal sealed record Asset(string Name, byte[] Bytes)
{
    /// <summary>The record, the exact bytes of every list, and the checksums of all of them as <c>sha256sum --check</c> reads them.</summary>
    /// <param name="listOf">A list's bytes, by a name of it and its digest; null when they are no longer there.</param>
    /// <exception cref="ViaductException">VIA8008.</exception>
    public static async Task<IReadOnlyList<Asset>> AllOfAsync(
        JobRecord record, byte[] metadata, Func<Reference, Digest, CancellationToken, Task<RawManifest?>> listOf, CancellationToken cancellationToken)
    {
        var assets = new List<Asset> { new("metadata.json", metadata) };
        foreach (var image in record.Images)
            if (image.List is { } list)
            {
                var (name, digest) = (Reference.Parse(list.Names[0]), Digest.Parse(list.Digest));
                var manifest = await listOf(name, digest, cancellationToken) ?? throw ReleaseErrors.Changed($"{name.Name}@{digest}");
                assets.Add(new Asset(FileName(image.Name, assets), manifest.Bytes.ToArray()));
            }
        var sums = new StringBuilder();
        foreach (var asset in assets) sums.Append(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(asset.Bytes))}  {asset.Name}\n");
        return [.. assets, new Asset("checksums.txt", Encoding.ASCII.GetBytes(sums.ToString()))];
    }

    /// <summary>GitHub itself writes a dot where it does not take a character, and then the name would not be found again.</summary>
    private static string FileName(string image, List<Asset> others)
    {
        var plain = string.Concat(image.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '.'));
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? $"{plain}.index.json" : $"{plain}.{number}.index.json";
            if (others.All(o => o.Name != name)) return name;
        }
    }
}
