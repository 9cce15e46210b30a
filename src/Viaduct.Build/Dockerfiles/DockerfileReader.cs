using System.Text;

namespace Viaduct.Build.Dockerfiles;

/// <summary>Reads a Dockerfile from disk: UTF-8, at most a MiB.</summary>
internal static class DockerfileReader
{
    public const int MaxSize = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Dockerfile Read(string path)
    {
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

    private static byte[] ReadBytes(string path)
    {
        try
        {
            var kind = FileStatus.Of(path, follow: true)?.Kind;
            if (kind is null) throw BuildErrors.DockerfileMissing(path, Nearby(path));
            if (kind != FileKind.File) throw BuildErrors.DockerfileUnreadable(path, kind == FileKind.Directory ? "it is a folder" : "it is not a regular file");
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MaxSize) throw BuildErrors.DockerfileTooLarge(path, file.Length, MaxSize);
            var bytes = new byte[MaxSize + 1];
            var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > MaxSize) throw BuildErrors.DockerfileTooLarge(path, count, MaxSize);
            return bytes.AsSpan(0, count).ToArray();
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
