using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>From the words of a scenario to what the registry in it answered.</summary>
internal static partial class PullErrorScenario
{
    public static RegistryAnswer? Answer(PullErrorRow row, Reference reference)
    {
        // The registries of the recordings speak plain HTTP, and stand on this machine.
        var plain = new RegistryAnswer { Secure = false };
        if (row.Says("connection refused")) return Failing(ConnectionFault.Refused, null);
        if (row.Says("no such host")) return Failing(ConnectionFault.NoSuchHost, row.Fact(DnsServer()));
        if (row.Says("unknown authority")) return Failing(ConnectionFault.UnknownAuthority, null);
        if (row.Says("certificate for")) return Failing(ConnectionFault.OtherName, CertificateName().Match(row.Scenario).Groups[1].Value);
        if (row.Says("plain http")) return plain;
        if (row.Says("htpasswd")) return Htpasswd(accepts: row.Auth && !row.Says("wrong password") && !row.Says("refused"));
        // What distribution says of a tag, repository or digest that it does not have.
        if (row.Says("repository unknown") || row.Says("tag unknown") || row.Says("digest unknown") || row.Says("manifest unknown"))
            return plain with { Manifest = Refusal(404, "MANIFEST_UNKNOWN", "manifest unknown", "{}") };
        // The scripted registry is told by the first word of the repository what to do.
        return PullErrorBehaviour.Of(reference.Repository.Split('/')[0], row.Says("probe")) is { } answer
            ? answer with { Ping = Ping().Match(row.Scenario) is { Success: true } ping ? PullErrorBehaviour.Ping(ping.Groups[1].Value, reference) : null, Challenge = Realm(answer.Challenge, reference) }
            : null;
    }

    public static HttpAnswer Refusal(int status, string code, string message = "", string? detail = null) => new(status) { Errors = [new(code, message, detail)] };

    private static RegistryAnswer Failing(ConnectionFault fault, string? detail) => new() { Failure = new(fault, detail) };

    private static RegistryAnswer Htpasswd(bool accepts)
    {
        var challenge = new AuthChallenge(ChallengeScheme.Basic) { Accepts = accepts, Answer = Refusal(401, "UNAUTHORIZED", "authentication required", "[]") };
        return new() { Secure = false, Ping = challenge, Challenge = challenge };
    }

    /// <summary>The token server is the registry itself.</summary>
    private static AuthChallenge? Realm(AuthChallenge? challenge, Reference reference) => challenge is not { Scheme: ChallengeScheme.Bearer } ? challenge
        : challenge with { Realm = $"http://{reference.Registry}{challenge.Realm}", Service = "fake", Scope = $"repository:{reference.Repository}:pull" };

    [GeneratedRegex(@" on (\S+): no such host", RegexOptions.CultureInvariant)]
    private static partial Regex DnsServer();

    [GeneratedRegex(@"certificate for (\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex CertificateName();

    [GeneratedRegex("ping: ([a-z]+[0-9]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Ping();
}
