namespace Viaduct.Acceptance.Tests;

/// <summary>A folder of a test's own below /tmp, which the real parts see, too.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("viaduct-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file and the folders it needs; gives the folder back to be written to again.</summary>
    public TemporaryFolder With(string name, string content) => With(name, System.Text.Encoding.UTF8.GetBytes(content));

    public TemporaryFolder With(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(name))!);
        File.WriteAllBytes(At(name), content);
        return this;
    }

    /// <summary>The repository's own images, as a checkout has them.</summary>
    public TemporaryFolder WithImages()
    {
        File.Copy(System.IO.Path.Combine(Repository.Root, "viaduct.yaml"), At("viaduct.yaml"));
        var source = System.IO.Path.Combine(Repository.Root, "images");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = At(System.IO.Path.Combine("images", System.IO.Path.GetRelativePath(source, file)));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return this;
    }

    /// <summary>One image <c>app</c> for one or more platforms, whose Dockerfile is given.</summary>
    public TemporaryFolder WithApp(string? dockerfile, string platforms = "linux/amd64, linux/arm64")
    {
        With("images/app/image.yaml", $"tags: [\"1\"]\nplatforms: [{platforms}]\n");
        return dockerfile is null ? this : With("images/app/Dockerfile", dockerfile);
    }

    /// <summary>A file that no compressor makes smaller.</summary>
    public TemporaryFolder WithNoise(string name, int megabytes)
    {
        var bytes = new byte[megabytes << 20];
        new Random(megabytes).NextBytes(bytes);
        return With(name, bytes);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
