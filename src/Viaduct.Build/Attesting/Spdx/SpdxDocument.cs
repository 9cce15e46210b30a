using System.Security.Cryptography;
using System.Text;
using Viaduct.Build.Engines;
using Viaduct.Oci;

namespace Viaduct.Build.Attesting;

/// <summary>
/// Writes an SBOM (spdx.github.io/spdx-spec/v2.3): the image, the base below it, the packages that databases name, and the files that were added.
/// The image's digest decides its namespace and SOURCE_DATE_EPOCH its time, so the same image has the same document everywhere.
/// </summary>
/// <param name="below">What the image stands on; null for scratch.</param>
internal sealed class SpdxDocument(BuildRequest request, Digest image, NamedBase? below, ImageContents contents)
{
    private const string Document = "SPDXRef-DOCUMENT";
    private const string Image = "SPDXRef-Image";
    private const string Base = "SPDXRef-Base";
    private const string Added = "SPDXRef-Added";
    private const string Nothing = "NOASSERTION";

    /// <summary>A list of more is of use to nobody, and no tool reads it in reasonable time.</summary>
    internal const int MostFiles = 100_000;

    private readonly bool _listsFiles = contents.Files.Count is > 0 and <= MostFiles;

    public byte[] Write()
    {
        IReadOnlyList<(Package Package, string Url, string Id)> packages = [.. contents.Packages.Select(p => (p, Url: p.Url(contents.Release))).DistinctBy(p => p.Url)
            .Select(p => (p.p, p.Url, $"SPDXRef-Package-{Word(p.p.Name)}-{Short(p.Url)}"))];
        var remarks = contents.Files.Count > MostFiles ? [.. contents.Remarks, $"{contents.Files.Count} files were added, more than are listed."] : contents.Remarks;
        var json = new GoJsonWriter().BeginObject()
            .Name("spdxVersion").String("SPDX-2.3")
            .Name("dataLicense").String("CC0-1.0")
            .Name("SPDXID").String(Document)
            .Name("name").String($"{request.Name} {request.Platform}")
            .Name("documentNamespace").String($"https://viaduct.dev/spdx/{request.Name}/{image.Algorithm}-{image.Hex}")
            .Name("creationInfo").BeginObject()
                .Name("created").String(Rfc3339.Format(request.Epoch))
                .Name("creators").Strings(["Tool: viaduct"])
                .EndObject()
            .Optional("comment", string.Join(' ', remarks))
            .Name("packages").BeginArray();
        WriteImage(json, Image, request.Name, image, PackageUrl.OfOwn(request.Name, request.Platform));
        if (below is not null) WriteImage(json, Base, below.Name, below.Image.Manifest.Digest, PackageUrl.OfImage(below.Name, below.Platform));
        foreach (var (package, url, id) in packages) WritePackage(json, package, url, id);
        if (_listsFiles) WriteAdded(json);
        json.EndArray();
        if (_listsFiles) WriteFiles(json);
        json.Name("relationships").BeginArray();
        Relate(json, Document, "DESCRIBES", Image);
        if (below is not null) Relate(json, Image, "DESCENDANT_OF", Base);
        foreach (var (_, _, id) in packages) Relate(json, Image, "CONTAINS", id);
        if (_listsFiles) Relate(json, Image, "CONTAINS", Added);
        if (_listsFiles)
            foreach (var file in contents.Files) Relate(json, Added, "CONTAINS", IdOf(file));
        return json.EndArray().EndObject().ToBytes();
    }

    private static void WriteImage(GoJsonWriter json, string id, string name, Digest digest, string url)
    {
        Begin(json, id, name, digest.ToString()).Name("filesAnalyzed").Boolean(false)
            .Name("primaryPackagePurpose").String("CONTAINER")
            .Name("checksums").BeginArray();
        Checksum(json, digest.Algorithm.ToUpperInvariant(), digest.Hex);
        json.EndArray();
        Locate(json, url).EndObject();
    }

    private static void WritePackage(GoJsonWriter json, Package package, string url, string id)
    {
        Begin(json, id, package.Name, package.Version).Name("filesAnalyzed").Boolean(false);
        if (package.Supplier is { Length: > 0 and <= 1024 } supplier) json.Name("supplier").String($"Person: {supplier.Replace('<', '(').Replace('>', ')')}");
        Locate(json, url).EndObject();
    }

    /// <summary>Only a package whose files were looked at may have any, so they are one of their own; its code is SPDX' (clause 7.9).</summary>
    private void WriteAdded(GoJsonWriter json)
    {
        var sums = string.Concat(contents.Files.Select(f => f.Sha1).Order(StringComparer.Ordinal));
#pragma warning disable CA5350 // SPDX 2.3 wants it.
        var code = Convert.ToHexStringLower(SHA1.HashData(Encoding.ASCII.GetBytes(sums)));
#pragma warning restore CA5350
        Begin(json, Added, $"{request.Name} files", image.ToString()).Name("filesAnalyzed").Boolean(true)
            .Name("packageVerificationCode").BeginObject().Name("packageVerificationCodeValue").String(code).EndObject()
            .Name("licenseInfoFromFiles").Strings([Nothing])
            .EndObject();
    }

    private void WriteFiles(GoJsonWriter json)
    {
        json.Name("files").BeginArray();
        foreach (var file in contents.Files)
        {
            json.BeginObject().Name("SPDXID").String(IdOf(file)).Name("fileName").String($"./{file.Path}").Name("checksums").BeginArray();
            Checksum(json, "SHA1", file.Sha1);
            Checksum(json, "SHA256", file.Sha256);
            json.EndArray().Name("licenseConcluded").String(Nothing).Name("licenseInfoInFiles").Strings([Nothing]).Name("copyrightText").String(Nothing).EndObject();
        }
        json.EndArray();
    }

    private static GoJsonWriter Begin(GoJsonWriter json, string id, string name, string version) => json.BeginObject()
        .Name("SPDXID").String(id)
        .Name("name").String(name)
        .Name("versionInfo").String(version)
        .Name("downloadLocation").String(Nothing)
        .Name("licenseConcluded").String(Nothing)
        .Name("licenseDeclared").String(Nothing)
        .Name("copyrightText").String(Nothing);

    private static GoJsonWriter Locate(GoJsonWriter json, string url) => json.Name("externalRefs").BeginArray().BeginObject()
        .Name("referenceCategory").String("PACKAGE-MANAGER").Name("referenceType").String("purl").Name("referenceLocator").String(url)
        .EndObject().EndArray();

    private static void Checksum(GoJsonWriter json, string algorithm, string value) =>
        json.BeginObject().Name("algorithm").String(algorithm).Name("checksumValue").String(value).EndObject();

    private static void Relate(GoJsonWriter json, string from, string how, string to) => json.BeginObject()
        .Name("spdxElementId").String(from).Name("relationshipType").String(how).Name("relatedSpdxElement").String(to).EndObject();

    private static string IdOf(AddedFile file) => $"SPDXRef-File-{Short(file.Path)}";

    // What an identifier may have (clause 3.1); the digest beside it tells apart what was alike.
    private static string Word(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '-'));

    /// <summary>Written out in ASCII first: names that are no UTF-8 have bytes that UTF-8 would make one.</summary>
    private static string Short(string text) =>
        Digest.Sha256(Encoding.ASCII.GetBytes(string.Concat(text.Select(c => c is '\\' or > '\u007f' ? $"\\{(int)c:x4}" : c.ToString())))).Hex[..24];
}
