using System.Buffers;
using System.Security.Cryptography;
using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build.Attesting;

/// <summary>What an image holds in the end, all layers merged: packages by their databases, and the files of the layers that were added to the base.</summary>
/// <param name="Remarks">What could not be read, in sentences: an SBOM that lacks something has to say so.</param>
internal sealed record ImageContents(OsRelease Release, IReadOnlyList<Package> Packages, IReadOnlyList<AddedFile> Files, IReadOnlyList<string> Remarks)
{
    private const string StatusFolder = "var/lib/dpkg/status.d";
    private const int LargestDatabase = 64 << 20;

    /// <summary>Images without dpkg have thousands of small files in one folder at most.</summary>
    private const int LargestRecord = 1 << 20;

    private static readonly string[] Releases = ["etc/os-release", "usr/lib/os-release"];
    private static readonly string[] Dpkg = ["var/lib/dpkg/status"];
    // Where /lib is a link into /usr, the archive has the second.
    private static readonly string[] Apk = ["lib/apk/db/installed", "usr/lib/apk/db/installed"];
    private static readonly string[] Unread = ["var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm"];

    /// <summary>Reads each layer once, to its end.</summary>
    /// <param name="layers">The lowest first.</param>
    /// <param name="below">How many of them are the base's.</param>
    /// <exception cref="ViaductException">VIA1020 to VIA1024.</exception>
    public static async Task<ImageContents> ReadAsync(IReadOnlyList<Blob> layers, int below, CancellationToken cancellationToken)
    {
        var scans = new List<LayerScan>();
        foreach (var layer in layers)
        {
            var own = scans.Count >= below;
            scans.Add(await LayerScan.ReadAsync(layer, LayerLimits.Default, (file, content, token) => LookAsync(file, content, own, token), cancellationToken).ConfigureAwait(false));
        }
        return Of(LayerTree.Merge(scans, 0, LayerLimits.Default, cancellationToken), below);
    }

    private static ImageContents Of(LayerTree tree, int below)
    {
        var remarks = new List<string>();
        var packages = new List<Package>();
        foreach (var (paths, read) in new (string[], Func<byte[], PackageList>)[] { (Dpkg, DpkgDatabase.Read), (Apk, ApkDatabase.Read) })
            if (paths.Select(tree.Resolve).FirstOrDefault(f => f is { Entry.Kind: TarEntryKind.File }) is { } database) Add(database, read);
        foreach (var record in tree.Walk().Where(f => IsRecord(f.Path) && f.Entry.Kind == TarEntryKind.File)) Add(record, DpkgDatabase.Read);
        remarks.AddRange(Unread.Where(p => tree.Resolve(p) is not null).Select(p => $"/{p} is a database of packages of a kind that is not read."));

        var release = Releases.Select(tree.Resolve).FirstOrDefault(f => f?.Seen is Sight { Bytes: not null });
        var files = tree.Walk().Where(f => f.Entry.Kind == TarEntryKind.File && f.LayerIndex >= below)
            .Select(f => f.Seen is Sight { Sha1: { } sha1 } sight ? new AddedFile(f.Path, sha1, sight.Sha256!) : null).OfType<AddedFile>();
        return new(release is null ? OsRelease.Unknown : OsRelease.Read(((Sight)release.Seen!).Bytes),
            [.. packages.DistinctBy(p => (p.Type, p.Name, p.Version, p.Architecture)).OrderBy(p => p.Type, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal)
                .ThenBy(p => p.Version, StringComparer.Ordinal).ThenBy(p => p.Architecture, StringComparer.Ordinal)],
            [.. files], remarks);

        void Add(FileNode file, Func<byte[], PackageList> read)
        {
            if (file.Seen is not Sight { Bytes: { } bytes })
            {
                remarks.Add($"/{file.Path} was not read: it is larger than {(IsRecord(file.Path) ? LargestRecord : LargestDatabase)} bytes, or stands where no database is looked for.");
                return;
            }
            var list = read(bytes);
            packages.AddRange(list.Packages);
            if (list.Unreadable > 0) remarks.Add($"/{file.Path} has {list.Unreadable} records without a name or a version.");
        }
    }

    private static async ValueTask<Sighting> LookAsync(TarEntry file, Stream content, bool own, CancellationToken cancellationToken)
    {
        var most = IsRecord(file.Path) ? LargestRecord : LargestDatabase;
        var keeps = (IsRecord(file.Path) || Dpkg.Contains(file.Path) || Apk.Contains(file.Path) || Releases.Contains(file.Path)) && file.Size <= most;
        if (!own && !keeps) return default;
        var kept = keeps ? new byte[file.Size] : null;
        var (at, buffer) = (0, ArrayPool<byte>.Shared.Rent(1 << 16));
#pragma warning disable CA5350 // SPDX 2.3 wants it of every file; SHA-256 stands beside it.
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                if (own) sha1.AppendData(buffer, 0, count);
                if (own) sha256.AppendData(buffer, 0, count);
                if (kept is null) continue;
                buffer.AsSpan(0, count).CopyTo(kept.AsSpan(at));
                at += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        var sight = new Sight(kept, own ? Convert.ToHexStringLower(sha1.GetHashAndReset()) : null, own ? Convert.ToHexStringLower(sha256.GetHashAndReset()) : null);
        return new(sight, (kept?.Length ?? 0) + (own ? 300 : 0));
    }

    /// <summary>Beside each record distroless has the checksums of its files.</summary>
    private static bool IsRecord(string path) =>
        path.StartsWith(StatusFolder + "/", StringComparison.Ordinal) && path.IndexOf('/', StatusFolder.Length + 1) < 0 && !path.EndsWith(".md5sums", StringComparison.Ordinal);

    /// <summary>What was seen of a file: its bytes where they may count, its sums where it was added.</summary>
    private sealed record Sight(byte[]? Bytes, string? Sha1, string? Sha256);
}
