using System.Text.Json;
using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>One recorded pull: the scenario in words, and what the tool said.</summary>
internal sealed partial record PullErrorRow(string Scenario, string Image, bool Auth, string Tool, string? Text)
{
    public static PullErrorRow Read(JsonElement row) =>
        new(row.GetProperty("scenario").GetString()!, row.GetProperty("image").GetString()!, row.GetProperty("auth").GetBoolean(),
            row.GetProperty("tool").GetString()!, row.GetProperty("ok").GetBoolean() ? null : row.GetProperty("text").GetString());

    public override string ToString() => $"[{Scenario}] {Image} by {Tool}";

    /// <summary>What the rules are asked; null when the words do not tell.</summary>
    public (Runtime Runtime, Reference Reference, RegistryAnswer Answer, SentCredentials Credentials)? Input()
    {
        if (RecordedTool.Runtime(Tool) is not { } runtime || !Reference.TryParse(Image, out var reference)) return null;
        var answer = PullErrorScenario.Answer(this, reference);
        return answer is null ? null : (runtime, reference, answer, Credentials(reference));
    }

    public bool Says(string words) => Scenario.Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>The machine's own facts (a DNS server's address) stand only in what was said.</summary>
    public string? Fact(Regex pattern) => pattern.Match(Text ?? "") is { Success: true } match ? match.Groups[1].Value : null;

    private SentCredentials Credentials(Reference reference)
    {
        if (!Auth) return SentCredentials.None;
        if (ServerAddress().Match(Scenario) is { Success: true } address) return SentCredentials.For(address.Groups[1].Value, reference);
        if (Says("another host") || Says("other host")) return SentCredentials.For("https://other.example", reference);
        // CRI sends an identity token to token servers only.
        if (Says("identity token")) return SentCredentials.None;
        return Says("illegal base64") ? SentCredentials.Unreadable("illegal base64 data at input byte 0") : SentCredentials.Given;
    }

    [GeneratedRegex(@"server_address: (\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex ServerAddress();
}
