using System.Text;

namespace Viaduct.Simulation.Tests;

/// <summary>Any text is read: it is what strangers wrote.</summary>
public sealed class MessageMutationTests
{
    private static readonly string[] Good =
    [
        .. Symptoms.All.SelectMany(s => s.Patterns).Select(p => $"Failed to pull image \"r.example/a:1\": {p.Replace("*", " x ")}"),
        "Warning  Failed  2s  kubelet  Failed to pull image \"r.example/a:1\": [rpc error: code = NotFound desc = a: not found, rpc error: code = Unknown desc = Get \"https://u:p@r.example/v2/?a=b\": no such host]",
        "time=\"2026-01-01T00:00:00Z\" level=error msg=\"PullImage \\\"r.example/a:1\\\" failed\" error=\"no match for platform in manifest: not found\"\n\u001b[31m{\"auth\":\"eyJhbGciOi\"}",
    ];

    [Fact]
    public void Ten_thousand_mutated_messages_are_read_and_nothing_in_the_answers_steers_a_terminal()
    {
        var random = new Random(7);
        var understood = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var read = MessageReader.Read(Mutated(random));
            if (read.Count > 0) understood++;
            Assert.All(read, d => Assert.NotEmpty(d.Causes));
            Assert.All(read, d => Assert.DoesNotContain($"{d.Line}{d.Facts}", c => char.IsControl(c)));
        }
        Assert.InRange(understood, 5_000, 10_000);
    }

    [Theory]
    [InlineData("pull image \"https://")]
    [InlineData("linux/arm64 ?a=b status 4")]
    [InlineData("://a:b?")]
    [InlineData("a:")]
    [InlineData("\"token\" : \"")]
    [InlineData("authorization basic eyJ")]
    [InlineData("\u001b[1;")]
    [InlineData("\\\"")]
    [InlineData("back-\n")]
    public void A_text_of_one_mebibyte_is_read(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, MessageReader.MaxText / part.Length));
        _ = MessageReader.Read(text);
        Assert.Equal("pull-qps", Assert.Single(MessageReader.Read($"pull QPS exceeded\n{text}"), d => d.Symptom.Name == "pull-qps").Symptom.Name);
    }

    private static string Mutated(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Good[random.Next(Good.Length)]);
        for (var flips = random.Next(4); flips > 0; flips--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        var text = Encoding.UTF8.GetString(bytes);
        return random.Next(4) switch
        {
            0 => text[..random.Next(text.Length)],
            1 => string.Concat(Enumerable.Repeat(text, random.Next(20))),
            2 => $"{text}\n{Good[random.Next(Good.Length)]}",
            _ => text,
        };
    }
}
