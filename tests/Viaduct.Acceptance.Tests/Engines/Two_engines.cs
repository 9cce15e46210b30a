namespace Viaduct.Acceptance.Tests;

/// <summary>Each platform on a machine of its own, a base by the embedded builder, a child with RUN by engines: one command, and what becomes of it when a machine dies.</summary>
public sealed class Two_engines : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private DistantEngine _first = null!;
    private DistantEngine _second = null!;

    public async ValueTask InitializeAsync()
    {
        RealParts.NeedTools();
        RealParts.NeedBusybox();
        RealParts.NeedRoot();
        _first = await DistantEngine.StartAsync(1);
        _second = await DistantEngine.StartAsync(2);
        _folder.With("viaduct.yaml", $$"""
            defaults:
              builder: {linux/amd64: '{{_first.Address}}', linux/arm64: '{{_second.Address}}'}
              network: none
            """)
            .With("images/base/Dockerfile", "FROM scratch\nARG ARCH\nCOPY --chmod=755 busybox-${ARCH} /bin/busybox\n")
            .With("images/app/Dockerfile", "FROM base\nRUN [\"/bin/busybox\", \"sh\", \"-c\", \"/bin/busybox sleep 4; /bin/busybox uname -m > /machine\"]\nCMD [\"/bin/busybox\", \"cat\", \"/machine\"]\n");
        foreach (var architecture in (string[])["amd64", "arm64"])
            File.Copy(RealParts.Busybox(architecture), _folder.At($"images/base/busybox-{architecture}"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_first is not null) await _first.DisposeAsync();
        if (_second is not null) await _second.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task One_dies_in_the_middle_and_the_next_run_does_only_what_is_missing()
    {
        using (var push = ViaductCli.Start(_folder, Nothing, "push", "--verbose"))
        {
            await push.SaysAsync(e => e.Contains("building app linux/arm64", StringComparison.Ordinal) && e.Contains("sleep 4", StringComparison.Ordinal));
            await _second.KillAsync();
            var failed = await push.EndAsync();
            Assert.True(failed.Exit is 1 or 5 && failed.Error.Contains(_second.Address, StringComparison.Ordinal), failed.Error);
            Assert.DoesNotContain("   at ", failed.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("tagged", failed.Error, StringComparison.Ordinal);
        }

        var plan = (await ViaductCli.RunAsync(_folder, "plan")).MustSucceed().Text;
        Assert.Contains($"app linux/arm64 by {_second.Address}", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("app linux/amd64 by", plan, StringComparison.Ordinal);

        // While it is away, the check says so before anything is begun.
        var away = await ViaductCli.RunAsync(_folder, "push");
        Assert.Contains(_second.Address, away.Error, StringComparison.Ordinal);
        Assert.StartsWith("error VIA21", away.Error, StringComparison.Ordinal);

        await _second.StartAsync();
        var again = (await ViaductCli.RunAsync(_folder, Nothing, "push", "--verbose", "--simulate")).MustSucceed();
        Assert.Contains("built app linux/arm64", again.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("built app linux/amd64", again.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing to do", (await ViaductCli.RunAsync(_folder, "plan")).MustSucceed().Text, StringComparison.Ordinal);
        await MustHoldAsync("amd64", "x86_64");
        await MustHoldAsync("arm64", "aarch64");
    }

    private static Dictionary<string, string?> Nothing => [];

    /// <summary>What RUN wrote on its machine is in the image of its platform.</summary>
    private async Task MustHoldAsync(string architecture, string machine)
    {
        var archive = _folder.At($"{architecture}.tar");
        using var registry = await ServedStore.StartAsync(_folder.At(".viaduct/registry"));
        (await ViaductCli.RunAsync(_folder, "export", $"{registry.Address}/app-{architecture}:latest", "--format", "docker-archive", "--output", archive)).MustSucceed();
        (await Engine.Graph.RunAsync("load", "-i", archive)).MustSucceed();
        var name = $"{registry.Address}/app-{architecture}:latest";
        try
        {
            Assert.Equal(machine, (await Engine.Graph.RunAsync("run", "--rm", "--network", "none", "--platform", $"linux/{architecture}", name)).MustSucceed().Text.Trim());
        }
        finally
        {
            await Engine.Graph.RunAsync("rmi", "-f", name);
        }
    }
}
