namespace Viaduct.Tests.Preparation;

/// <summary>Two viaducts in one folder.</summary>
public sealed class StepLockTests
{
    public StepLockTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are those of a Unix shell");

    [Fact(Timeout = 120_000)]
    public async Task The_second_waits_and_finds_what_the_first_has_made()
    {
        using var folder = new PrepareFolder("""[{ run: "echo once >> log; until [ -e go ]; do sleep 0.05; done; touch o", inputs: [], outputs: [o] }]""");
        var cancellation = TestContext.Current.CancellationToken;

        var first = folder.RunAsync(cancellationToken: cancellation);
        while (folder.Log.Length == 0) await Task.Delay(10, cancellation);
        var second = folder.RunAsync(cancellationToken: cancellation);
        while (!folder.Said("waiting")) await Task.Delay(10, cancellation);
        folder.With("go", "");
        await Task.WhenAll(first, second);

        Assert.Equal("once\n", folder.Log);
    }

    [Fact]
    public async Task It_waits_no_longer_than_the_step_may_take()
    {
        using var folder = new PrepareFolder("""[{ run: touch o, inputs: [], outputs: [o], timeout: 1s }]""");
        await folder.RunAsync();
        using (File.OpenHandle(Path.ChangeExtension(folder.Record, ".lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var error = await folder.FailAsync();
            Assert.Equal("VIA2219", error.Code);
            Assert.StartsWith("images/app/image.yaml:1:", error.Where);
        }
        await folder.RunAsync();
    }
}
