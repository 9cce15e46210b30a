using Viaduct.Oci;

namespace Viaduct.Tests;

/// <summary>Whichever write a registry refuses, no tag points at half a release, and the next run ends the work.</summary>
public sealed class HalfwayTests : IAsyncLifetime
{
    private TestSet _set = null!;

    public async ValueTask InitializeAsync()
    {
        _set = await TestSet.StartAsync();
        _set.Folder.With("images/one/Dockerfile", "FROM scratch\nARG ARCH\nCOPY ${ARCH} /file\n")
            .With("images/one/amd64", "a program for amd64").With("images/one/arm64", "a program for arm64")
            .With("images/two/Dockerfile", "FROM one\nLABEL a=b\n");
    }

    public ValueTask DisposeAsync() => _set.DisposeAsync();

    [Fact]
    public async Task Every_write_in_turn()
    {
        using var proxy = new RefusingProxy(_set.Address);
        var refused = 0;
        for (var n = 1; ; n++)
        {
            var prefix = $"{proxy.Address}/try{n}";
            proxy.Refused = n;
            var error = await RunAsync(prefix);
            if (!proxy.HasRefused)
            {
                Assert.Null(error);
                break;
            }
            refused++;
            await MustBeWholeAsync($"try{n}");

            proxy.Refused = 0;
            Assert.Null(await RunAsync(prefix));
            await using var again = _set.Job(mayMoveTags: false, prefix: prefix);
            Assert.True((await again.PlanAsync(default)).IsEmpty);
        }
        // Uploads, mounts, manifests, lists and tags of two images for two platforms.
        Assert.InRange(refused, 20, 60);
    }

    /// <summary>A list's tag is there only when all children's are, and a child's only when its list and all other lists are pushed.</summary>
    private async Task MustBeWholeAsync(string prefix)
    {
        string[] children = ["one-amd64", "one-arm64", "two-amd64", "two-arm64"];
        string[] lists = ["one", "two"];
        var childTags = await CountAsync(prefix, children);
        var listTags = await CountAsync(prefix, lists);
        if (listTags > 0) Assert.Equal(children.Length, childTags);
        if (childTags == 0) return;
        foreach (var child in children)
        {
            var list = _set.Client.Repository(Reference.Parse($"{_set.Address}/{prefix}/{child.Split('-')[0]}"));
            if (await _set.FindAsync($"{prefix}/{child}:latest") is { } manifest)
                Assert.NotNull(await list.FindManifestAsync(manifest.Digest.ToString(), default));
        }
    }

    private async Task<int> CountAsync(string prefix, IEnumerable<string> names)
    {
        var found = 0;
        foreach (var name in names)
            if (await _set.FindAsync($"{prefix}/{name}:latest") is not null) found++;
        return found;
    }

    private async Task<ViaductException?> RunAsync(string prefix)
    {
        await using var job = _set.Job(mayMoveTags: false, prefix: prefix);
        try
        {
            await job.BuildAsync(default);
            await job.PushAsync(default);
            await job.AssembleAsync(default);
            return null;
        }
        catch (ViaductException e)
        {
            return e;
        }
    }
}
