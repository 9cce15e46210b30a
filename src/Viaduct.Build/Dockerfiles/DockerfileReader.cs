using System.Text;
using Viaduct.Oci;

namespace Viaduct.Build.Dockerfiles;

/// <summary>Reads a Dockerfile from disk: UTF-8, at most a MiB.</summary>
internal static class DockerfileReader
{
    public const int MaxSize = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Dockerfile Read(string path)
    {
        path = AsTyped(path);
        var bytes = ReadBytes(path);
        if (bytes.AsSpan().Contains((byte)0)) throw BuildErrors.Binary(path);
        try
        {
            return Dockerfile.Parse(path, Strict.GetString(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes));
        }
        catch (DecoderFallbackException)
        {
            throw BuildErrors.Binary(path);
        }
    }

    /// <summary>Below the current folder as people type it, which is what terminals and editors make a link of.</summary>
    private static string AsTyped(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            var kind = FileStatus.Of(path, follow: true)?.Kind;
            if (kind is null) throw BuildErrors.DockerfileMissing(path, Nearby(path));
            if (kind != FileKind.File) throw BuildErrors.DockerfileUnreadable(path, kind == FileKind.Directory ? "it is a folder" : "it is not a regular file");
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MaxSize) throw BuildErrors.DockerfileTooLarge(path, file.Length, MaxSize);
            // One byte more than it says it has: a file that grows meanwhile is read again, up to the limit.
            for (var size = (int)file.Length + 1; ; size = Math.Min(size * 2, MaxSize + 1))
            {
                var bytes = new byte[size];
                file.Position = 0;
                var count = file.ReadAtLeast(bytes, size, throwOnEndOfStream: false);
                if (count > MaxSize) throw BuildErrors.DockerfileTooLarge(path, count, MaxSize);
                if (count < size) return bytes[..count];
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BuildErrors.DockerfileUnreadable(path, e.Message, e);
        }
    }

    private static string? Nearby(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is null || !Directory.Exists(folder)) return null;
        return Nearest.To(Path.GetFileName(path), Directory.EnumerateFiles(folder).Take(10_000).Select(f => Path.GetFileName(f)));
    }
}
