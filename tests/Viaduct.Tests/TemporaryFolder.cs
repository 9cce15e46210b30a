namespace Viaduct.Tests;

/// <summary>A folder of a test's own.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("viaduct-").FullName;

    /// <summary>Writes a file and the folders it needs; gives the folder back to be written to again.</summary>
    public TemporaryFolder With(string name, string content) => WithBytes(name, System.Text.Encoding.UTF8.GetBytes(content));

    public TemporaryFolder WithBytes(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
