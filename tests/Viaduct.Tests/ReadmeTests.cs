using Viaduct.Configuration;
using Viaduct.Registry;

namespace Viaduct.Tests;

/// <summary>The README shows what its first command prints; every digest in it is what this machine builds.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_digests_in_the_readme_are_those_of_the_images()
    {
        using var folder = new TemporaryFolder();
        using var client = new RegistryClient(new RegistryOptions { Credentials = new NoCredentials() });
        await using var job = new Job(
            new JobOptions { Set = ImageSetReader.Read(Repository.Root, new SetOverrides()), Prefix = "registry.example", IgnoreRegistry = true, StateFolder = folder.Path },
            client);
        await job.BuildAsync(default);
        var built = job.Built.Select(b => b.Image.Manifest.Digest.ToString()).Concat((await job.ListsAsync(default)).Select(l => l.List.Digest.ToString())).ToHashSet();

        var shown = File.ReadLines(Path.Combine(Repository.Root, "README.md")).SelectMany(line => line.Split(' ')).Select(word => word.TrimEnd(',', ':')).Where(word => word.StartsWith("sha256:", StringComparison.Ordinal)).ToList();
        Assert.True(shown.Count >= 9);
        // Some are shortened.
        Assert.All(shown, word => Assert.Contains(built, digest => digest.StartsWith(word, StringComparison.Ordinal)));
    }
}
