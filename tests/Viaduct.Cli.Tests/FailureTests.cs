using Viaduct.Cli.Errors;
using Viaduct.Oci;

namespace Viaduct.Cli.Tests;

public sealed class FailureTests
{
    public static TheoryData<Exception, string, string> Failures => new()
    {
        { new IOException("No space left on device : '/x/y'", 28), "VIA9002", "/x/y: the disk is full" },
        { new IOException("Read-only file system : '/x'", 30), "VIA9003", "/x: the file system is read-only" },
        { new UnauthorizedAccessException("Access to the path '/x/y' is denied."), "VIA9003", "/x/y: the system refuses it" },
        { new IOException("Something else."), "VIA9004", "Something else." },
        { new FileNotFoundException("Could not find file '/x'."), "VIA9004", "'/x'" },
        { new InvalidOperationException("Oh."), "VIA9999", "this is a defect in viaduct: InvalidOperationException: Oh." },
        { new OperationCanceledException("Nobody asked."), "VIA9999", "OperationCanceledException" },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Every_failure_is_said_in_words(Exception e, string code, string text)
    {
        using var place = new Place();
        var error = new StringWriter();
        var exit = await Errors.Failures.GuardAsync(place.Caller(Stream.Null, error), () => Task.FromException<ExitCode>(e), CancellationToken.None);
        Assert.Equal(1, exit);
        Assert.StartsWith($"error {code}: ", error.ToString());
        Assert.Contains(text, error.ToString());
        Assert.DoesNotContain("   at ", error.ToString());
    }

    [Fact]
    public async Task A_stack_is_shown_to_those_who_ask()
    {
        using var place = new Place().With("VIADUCT_DEBUG", "1");
        var error = new StringWriter();
        await Errors.Failures.GuardAsync(place.Caller(Stream.Null, error), () => throw new InvalidOperationException("Oh."), CancellationToken.None);
        Assert.Contains("   at ", error.ToString());
    }

    [Fact]
    public async Task Words_of_strangers_do_not_steer_a_terminal()
    {
        using var place = new Place();
        var error = new StringWriter();
        await Errors.Failures.GuardAsync(place.Caller(Stream.Null, error), () => throw new ViaductException("VIA3000", "the registry said \u001b[2J\r\u0007", todo: "Ask it."), CancellationToken.None);
        Assert.Equal("error VIA3000: the registry said ?[2J??\n  Ask it.", error.ToString().ReplaceLineEndings("\n").TrimEnd());
    }

    [Fact]
    public async Task Who_is_cancelled_says_so_and_answers_130()
    {
        using var place = new Place().Image("hello");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var outcome = await place.RunAsync(stop.Token, "push");
        Assert.Equal(130, outcome.Exit);
        Assert.Equal("cancelled\n", outcome.Error);
    }

    [Fact]
    public async Task A_full_disk_behind_standard_output_is_an_error()
    {
        using var place = new Place();
        var error = new StringWriter();
        Assert.Equal(1, await CommandLine.RunAsync(["version"], place.Caller(new FullStream(), error), CancellationToken.None));
        Assert.StartsWith("error VIA9002", error.ToString());
    }

    private sealed class FullStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device", 28);

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device", 28);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("No space left on device", 28);
    }
}
