using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build.Tests;

public sealed class Go_texts
{
    [Theory]
    [InlineData("0", 0L, "0s")]
    [InlineData("0s", 0L, "0s")]
    [InlineData("30s", 30_000_000_000L, "30s")]
    [InlineData("1m30s", 90_000_000_000L, "1m30s")]
    [InlineData("2h", 7_200_000_000_000L, "2h0m0s")]
    [InlineData("1500ms", 1_500_000_000L, "1.5s")]
    [InlineData("1001us", 1_001_000L, "1.001ms")]
    [InlineData("1001µs", 1_001_000L, "1.001ms")]
    [InlineData("1.5h", 5_400_000_000_000L, "1h30m0s")]
    [InlineData(".5s", 500_000_000L, "500ms")]
    [InlineData("5.s", 5_000_000_000L, "5s")]
    [InlineData("7ns", 7L, "7ns")]
    [InlineData("1500ns", 1_500L, "1.5µs")]
    [InlineData("100h0.000000001s", 360_000_000_000_001L, "100h0m0.000000001s")]
    [InlineData("+1s", 1_000_000_000L, "1s")]
    public void Durations_are_read_and_written_as_Go_does(string text, long nanoseconds, string written)
    {
        Assert.Equal(nanoseconds, GoText.Duration(text));
        Assert.Equal(written, GoText.Duration(nanoseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("3")]
    [InlineData("s")]
    [InlineData(".s")]
    [InlineData("1.2.3s")]
    [InlineData("1d")]
    [InlineData("1 s")]
    [InlineData("1s ")]
    [InlineData("99999999999h")]
    [InlineData("2562047h2562047h")]
    [InlineData("99999999999999999999999999999999s")]
    public void What_is_no_duration_is_none(string text) => Assert.Null(GoText.Duration(text));

    [Fact]
    public void A_minus_is_read() => Assert.Equal(-3_000_000_000, GoText.Duration("-3s"));

    [Theory]
    [InlineData(0, "'\\x00'")]
    [InlineData(3, "'\\x03'")]
    [InlineData(10, "'\\n'")]
    [InlineData(39, "'\\''")]
    [InlineData(34, "'\"'")]
    [InlineData(92, "'\\\\'")]
    [InlineData(97, "'a'")]
    [InlineData(127, "'\\x7f'")]
    [InlineData(160, "'\\u00a0'")]
    [InlineData(200, "'È'")]
    [InlineData(0xd800, "'\ufffd'")]
    [InlineData(0x10ffff, "'\\U0010ffff'")]
    [InlineData(0x110000, "'\ufffd'")]
    public void A_number_is_quoted_as_the_character_that_it_is(int number, string quoted) => Assert.Equal(quoted, GoText.Quote(number));

    [Fact]
    public void A_text_is_quoted_with_its_escapes() => Assert.Equal("\"a\\\"\\tb'\\\\ ä\\x01\"", GoText.Quote("a\"\tb'\\ ä\u0001"));

    [Theory]
    [InlineData("SIGTERM", true)]
    [InlineData("sigterm", true)]
    [InlineData("quit", true)]
    [InlineData("9", true)]
    [InlineData("64", true)]
    [InlineData("SIGRTMIN+3", true)]
    [InlineData("RTMIN+15", true)]
    [InlineData("SIGRTMAX-14", true)]
    [InlineData("RTMAX", true)]
    [InlineData("RTMIN+16", false)]
    [InlineData("RTMIN+0", false)]
    [InlineData("RTMIN+", false)]
    [InlineData("RTMAX-15", false)]
    [InlineData("0", false)]
    [InlineData("65", false)]
    [InlineData("-1", false)]
    [InlineData("SIGTERM ", false)]
    [InlineData("SIGSIGTERM", false)]
    [InlineData("", false)]
    public void A_signal_is_a_name_or_a_number_of_Linux(string text, bool known) => Assert.Equal(known, StopSignal.IsKnown(text));
}
