namespace Viaduct.Simulation.Tests;

/// <summary>time/format.go, ParseDuration; time/time.go, Duration.String.</summary>
public class GoDurationTests
{
    [Theory]
    [InlineData("0", "0s")]
    [InlineData("0s", "0s")]
    [InlineData("+5s", "5s")]
    [InlineData("-1m", "-1m0s")]
    [InlineData("12h", "12h0m0s")]
    [InlineData("1h15m30.918s", "1h15m30.918s")]
    [InlineData("1.5h", "1h30m0s")]
    [InlineData(".5s", "500ms")]
    [InlineData("1.s", "1s")]
    [InlineData("1us", "1\u00b5s")]
    [InlineData("1500ns", "1.5\u00b5s")]
    [InlineData("100ns", "100ns")]
    [InlineData("9223372036854775807ns", "2562047h47m16.854775807s")]
    public void A_duration_is_read_and_written_as_Go_does(string text, string written)
    {
        Assert.Null(GoDuration.TryParse(text, out var nanoseconds));
        Assert.Equal(written, GoDuration.Format(nanoseconds));
    }

    [Theory]
    [InlineData("", "time: invalid duration \"\"")]
    [InlineData("-", "time: invalid duration \"-\"")]
    [InlineData(".", "time: invalid duration \".\"")]
    [InlineData(".s", "time: invalid duration \".s\"")]
    [InlineData("h", "time: invalid duration \"h\"")]
    [InlineData("10", "time: missing unit in duration \"10\"")]
    [InlineData("1h30", "time: missing unit in duration \"1h30\"")]
    [InlineData("1d", "time: unknown unit \"d\" in duration \"1d\"")]
    [InlineData("12H", "time: unknown unit \"H\" in duration \"12H\"")]
    [InlineData("1 h", "time: unknown unit \" h\" in duration \"1 h\"")]
    [InlineData("9223372036854775808ns", "time: invalid duration \"9223372036854775808ns\"")]
    [InlineData("99999999999999999999999999999999999999h", "time: invalid duration \"99999999999999999999999999999999999999h\"")]
    public void What_is_none_is_refused_in_the_words_of_Go(string text, string error) => Assert.Equal(error, GoDuration.TryParse(text, out _));
}
