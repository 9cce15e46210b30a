using System.Text.Json;
using System.Text.RegularExpressions;

namespace Viaduct.Simulation.Tests;

/// <summary>What Go 1.19 itself answered: url.Parse, net.SplitHostPort, filepath.Match, encoding/json and encoding/base64, put together as a keyring does. Rows: operation, two inputs, ok, result, error.</summary>
public sealed class GoRecordedTests(ITestOutputHelper output)
{
    /// <summary>Made with a Go like that of the recording.</summary>
    private static readonly KubernetesVersion Old = new(1, 30);

    [Fact]
    public void Keys_patterns_and_documents_are_read_as_Go_reads_them()
    {
        var wrong = new List<string>();
        var rows = 0;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Keyring", "go-1.19.jsonl")))
        {
            using var row = JsonDocument.Parse(line);
            string Field(int i) => row.RootElement[i].GetString()!;
            // A bad pattern is an error to Go only where it gets as far as what is bad; a match it is never.
            var expected = (row.RootElement[3].GetBoolean(), Field(4), Field(0) == "glob" ? "" : Field(5));
            var actual = Answer(Field(0), Field(1), Field(2));
            rows++;
            if (Same(expected) != Same(actual)) wrong.Add($"{Field(0)} {Field(1)} {Field(2)}\n  Go  {expected}\n  ours {actual}");
        }
        output.WriteLine($"{rows} rows of Go, {wrong.Count} differ");
        Assert.True(rows >= 4000);
        Assert.True(wrong.Count == 0, string.Join("\n", wrong.Take(20)));
    }

    private static (bool, string, string) Answer(string operation, string first, string second)
    {
        switch (operation)
        {
            case "key":
                return RegistryKey.Normalize(first) is { } key ? (true, key, "") : (false, "", "");
            case "match":
                return (RegistryPattern.Matches(first, second), "", "");
            case "glob":
                return (new GoGlob(first).Matches(second), "", "");
            case "parse":
                var fault = RegistryPattern.WhyInvalid(first);
                return (fault is null, "", fault ?? "");
            default:
                var config = DockerConfigReader.Read(Convert.FromBase64String(first), operation == "bare", Old);
                var entries = config.Entries.Select(e => $"{e.Written}\0{e.Login.Username}\0{e.Login.Password}").Order(StringComparer.Ordinal);
                return (config.Error is null, string.Join('\u0001', entries), config.Error ?? "");
        }
    }

    /// <summary>Go replaces each byte that is no text, .NET each run of them.</summary>
    private static (bool, string, string) Same((bool Ok, string Text, string Error) answer) =>
        (answer.Ok, Regex.Replace(answer.Text, "\ufffd+", "\ufffd"), answer.Error);
}
