using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Build;

namespace Viaduct.Frosting.Tests;

public sealed class CancellationSignalsTests
{
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_signal_cancels_the_token()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no kill.");
        // SIGCONT stands in for SIGINT, which the runner of these tests would obey as well.
        using var signals = new CancellationSignals(PosixSignal.SIGCONT);
        var cancelled = new TaskCompletionSource();
        using var registration = signals.Token.Register(cancelled.SetResult);

        Assert.False(signals.Token.IsCancellationRequested);
        using var kill = Process.Start("kill", ["-CONT", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(signals.Token.IsCancellationRequested);
    }

    [Fact]
    public void Without_a_signal_the_token_stays_as_it_is()
    {
        var signals = new CancellationSignals();
        signals.Dispose();

        Assert.False(signals.Token.IsCancellationRequested);
    }
}
