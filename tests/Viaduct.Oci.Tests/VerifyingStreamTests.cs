namespace Viaduct.Oci.Tests;

public sealed class VerifyingStreamTests
{
    [Theory]
    [InlineData("hello", "hello", 5, null)]
    [InlineData("", "", 0, null)]
    [InlineData("hello", "hellO", 5, "hash to")]
    [InlineData("hello", "hello", 4, "not what its descriptor says")]
    [InlineData("hello", "hello", 6, "only 5 of 6")]
    [InlineData("hello", "hello!", 5, "more than 5")]
    [InlineData("hello", "", 5, "only 0 of 5")]
    [InlineData("x", "", 0, "hash to")]
    public async Task Content_is_its_descriptors_or_a_failure_that_stays(string named, string came, long size, string? why)
    {
        foreach (var algorithm in new[] { "sha256", "sha512" })
            foreach (var chunk in new[] { 1, 2, 5, 100 })
                foreach (var async in new[] { true, false })
                {
                    await using var stream = new VerifyingStream(new MemoryStream(Bytes(came)), new Descriptor("", Of(algorithm, Bytes(named)), size));
                    var buffer = new byte[chunk];
                    async Task<int> Drain()
                    {
                        var total = 0;
                        while ((async ? await stream.ReadAsync(buffer) : stream.Read(buffer)) is > 0 and var count) total += count;
                        return total;
                    }
                    if (why is null)
                    {
                        Assert.Equal(came.Length, await Drain());
                        Assert.Equal(0, await Drain());
                        continue;
                    }
                    for (var attempt = 0; attempt < 2; attempt++)
                    {
                        var error = await Assert.ThrowsAsync<ViaductException>(Drain);
                        Assert.Equal(("VIA1012", ExitCode.VerificationFailed), (error.Code, error.Exit));
                        Assert.Contains(why, error.Message);
                    }
                }
    }

    [Fact]
    public async Task A_reader_that_takes_exactly_the_size_is_protected_too()
    {
        await using var stream = new VerifyingStream(new MemoryStream(Bytes("hellO")), new Descriptor("", Digest.Sha256("hello"u8), 5));
        var buffer = new byte[5];
        await Assert.ThrowsAsync<ViaductException>(async () => await stream.ReadExactlyAsync(buffer));
        Assert.Equal(new byte[5], buffer);
    }

    [Fact]
    public async Task An_empty_read_is_no_end()
    {
        await using var stream = new VerifyingStream(new MemoryStream(Bytes("hello")), new Descriptor("", Digest.Sha256("hello"u8), 5));
        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty));
        Assert.Equal(5, await stream.ReadAtLeastAsync(new byte[5], 5));
    }

    [Fact]
    public async Task Disposing_disposes_what_is_read()
    {
        var inner = new MemoryStream();
        await new VerifyingStream(inner, new Descriptor("", Digest.Sha256([]), 0)).DisposeAsync();
        Assert.False(inner.CanRead);
    }

    [Fact]
    public async Task A_receiver_that_hashes_gets_a_local_file_as_it_is_and_all_else_held_to_its_descriptor()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "blob");
        await File.WriteAllTextAsync(path, "hellO", TestContext.Current.CancellationToken);
        var hello = new Descriptor("", Digest.Sha256("hello"u8), 5);

        await using var local = VerifyingStream.ForReceiver(new VerifyingStream(File.OpenRead(path), hello));
        Assert.Equal("hellO", await new StreamReader(local).ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.True(local.CanSeek);

        await using var remote = VerifyingStream.ForReceiver(new VerifyingStream(new MemoryStream(Bytes("hellO")), hello));
        await Assert.ThrowsAsync<ViaductException>(async () => await remote.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_was_read_in_part_stays_held_to_its_descriptor()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "blob");
        await File.WriteAllTextAsync(path, "hellO", TestContext.Current.CancellationToken);
        var begun = new VerifyingStream(File.OpenRead(path), new Descriptor("", Digest.Sha256("hello"u8), 5));
        Assert.Equal((int)'h', begun.ReadByte());
        await using var given = VerifyingStream.ForReceiver(begun);
        await Assert.ThrowsAsync<ViaductException>(async () => await given.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_suspected_source_is_read_and_named()
    {
        var sound = Blob.FromBytes("", Bytes("hello"));
        await sound.CheckAsync(TestContext.Current.CancellationToken);
        var damaged = sound with { OpenAsync = _ => ValueTask.FromResult<Stream>(new MemoryStream(Bytes("hellO"))), IsChecked = true };
        var error = await Assert.ThrowsAsync<ViaductException>(() => damaged.CheckAsync(TestContext.Current.CancellationToken));
        Assert.Equal("VIA1012", error.Code);
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static Digest Of(string algorithm, byte[] bytes) => algorithm == "sha256"
        ? Digest.Sha256(bytes)
        : Digest.Parse("sha512:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData(bytes)));
}
