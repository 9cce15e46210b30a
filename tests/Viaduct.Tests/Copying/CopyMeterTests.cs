using Viaduct.Copying;
using Viaduct.Execution;
using Viaduct.Oci;

namespace Viaduct.Tests.Copying;

public sealed class CopyMeterTests
{
    [Fact]
    public async Task It_says_how_much_has_come_how_fast_and_what_is_on_its_way_ten_times_a_second()
    {
        var (said, clock) = (new Lines(), new Ticks());
        using var meter = new CopyMeter(said, clock);
        var digest = Digest.Sha256("x"u8);
        meter.Expect(4_000_000);
        await using (var stream = meter.Watch(new MemoryStream(new byte[4_000_000]), digest))
        {
            var buffer = new byte[1_000_000];
            for (var read = 0; read < 4; read++)
            {
                clock.Now += TimeSpan.FromMilliseconds(50).Ticks;
                Assert.Equal(buffer.Length, await stream.ReadAsync(buffer));
            }
        }
        Assert.Equal([$"2.0 MB of 4.0 MB, 20.0 MB/s {digest.Short}", $"4.0 MB of 4.0 MB, 20.0 MB/s {digest.Short}"], said.Said);
    }

    [Fact]
    public void What_was_there_counts_as_done_and_not_as_speed()
    {
        var (said, clock) = (new Lines(), new Ticks());
        var meter = new CopyMeter(said, clock);
        var blob = new Descriptor("", Digest.Sha256("x"u8), 1_000_000);
        meter.Expect(2_000_000);
        meter.Passed(blob, wasSent: false);
        clock.Now += TimeSpan.FromSeconds(1).Ticks;
        using (var stream = meter.Watch(new MemoryStream(new byte[500_000]), blob.Digest)) stream.ReadExactly(new byte[500_000]);
        Assert.StartsWith("1.5 MB of 2.0 MB, 500.0 kB/s", Assert.Single(said.Said));
    }

    private sealed class Lines : IProgress<JobEvent>
    {
        public List<string> Said { get; } = [];

        public void Report(JobEvent value) => Said.Add($"{value.Subject} {value.Detail}");
    }

    private sealed class Ticks : TimeProvider
    {
        public long Now { get; set; } = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
