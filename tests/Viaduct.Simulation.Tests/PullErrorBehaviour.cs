using System.Globalization;
using System.Text.RegularExpressions;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>What the scripted registries of the recordings do at a word.</summary>
internal static partial class PullErrorBehaviour
{
    private const string Denied = "requested access to the resource is denied";
    private const string Required = "authentication required";

    private static readonly HttpAnswer Unauthorized = PullErrorScenario.Refusal(401, "UNAUTHORIZED");

    /// <param name="probe">True for the registry of the probes, which differs in what it says besides the status.</param>
    public static RegistryAnswer? Of(string word, bool probe) => (probe ? Probe(word) : null) ?? word switch
    {
        "hub" => Bearer(Unauthorized, "/token/ok") with { Challenge = Bearer(Unauthorized, "/token/ok").Challenge! with { Error = "insufficient_scope" } },
        "e429" => Status(PullErrorScenario.Refusal(429, "TOOMANYREQUESTS", "You have reached your pull rate limit.")),
        "unknown" => Status(PullErrorScenario.Refusal(404, "MANIFEST_UNKNOWN")),
        "name" => Status(PullErrorScenario.Refusal(404, "NAME_UNKNOWN")),
        "schema1" => new() { Secure = false, UnsignedSchema1 = true, NamesDigest = false },
        _ when Numbered().Match(word) is { Success: true } match => Numeric(match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), probe),
        _ => null,
    };

    /// <summary>What <c>/v2/</c> is challenged with.</summary>
    public static AuthChallenge Ping(string word, Reference reference) => word == "basic"
        ? new(ChallengeScheme.Basic) { Accepts = true }
        : new(ChallengeScheme.Bearer) { Accepts = true, Realm = $"http://{reference.Registry}/token/{word}", Service = "fake", TokenRefusal = Token(word) };

    private static RegistryAnswer? Numeric(string kind, int status, bool probe) => kind switch
    {
        // The registry of the first recording had no body there.
        "bearer" => Bearer(probe ? Unauthorized : new HttpAnswer(401), $"/token/deny{status}"),
        "basic" => new() { Secure = false, Challenge = new(ChallengeScheme.Basic) { Answer = Unauthorized } },
        _ => Status(PullErrorScenario.Refusal(status, status == 403 ? "DENIED" : "UNSUPPORTED")),
    };

    private static RegistryAnswer? Probe(string word) => word switch
    {
        "hubplain" => Bearer(Unauthorized, "/token/ok"),
        "invalid" => Bearer(PullErrorScenario.Refusal(401, "UNAUTHORIZED", Required, "{}"), "/token/ok") is var said ? said with { Challenge = said.Challenge! with { Error = "invalid_token" } } : null,
        "emptytoken" => Bearer(Unauthorized, "/token/empty"),
        "bare401" => Status(Unauthorized),
        "digest401" => new() { Secure = false, Challenge = new(ChallengeScheme.Other) { Answer = Unauthorized } },
        "detail401" => new() { Secure = false, Challenge = new(ChallengeScheme.Basic) { Answer = PullErrorScenario.Refusal(401, "UNAUTHORIZED", Required, "[]") } },
        "html403" => Status(new HttpAnswer(403) { Body = "<html>nope</html>" }),
        "html404" => Status(new HttpAnswer(404) { Body = "<html>404 page not found</html>" }),
        "e403d" => Status(PullErrorScenario.Refusal(403, "DENIED", Denied, "{}")),
        "e403m" => Status(PullErrorScenario.Refusal(403, "DENIED", "your IP is blocked")),
        "e429s" => Status(PullErrorScenario.Refusal(429, "TOOMANYREQUESTS", "too many requests")),
        "unknownm" => Status(PullErrorScenario.Refusal(404, "MANIFEST_UNKNOWN", "no such manifest here")),
        "unknownd" => Status(PullErrorScenario.Refusal(404, "MANIFEST_UNKNOWN", "manifest unknown", "{}")),
        "named" => Status(PullErrorScenario.Refusal(404, "NAME_UNKNOWN", "repository name not known to registry", "{}")),
        "namem" => Status(PullErrorScenario.Refusal(404, "NAME_UNKNOWN", "no such repo")),
        "notfoundcode" => Status(PullErrorScenario.Refusal(404, "NOT_FOUND", "artifact not found")),
        "weird404" => Status(PullErrorScenario.Refusal(404, "BLAH", "weird", "{}")),
        "unauth404" => Status(PullErrorScenario.Refusal(404, "UNAUTHORIZED", Required)),
        "two" => Status(new HttpAnswer(403) { Errors = [new("DENIED", "one"), new("UNAUTHORIZED", "two")] }),
        _ when word.StartsWith("empty", StringComparison.Ordinal) => Status(new HttpAnswer(int.Parse(word[5..], CultureInfo.InvariantCulture))),
        _ => null,
    };

    private static RegistryAnswer Status(HttpAnswer answer) => new() { Secure = false, Manifest = answer };

    private static RegistryAnswer Bearer(HttpAnswer unauthorized, string realm) => new()
    {
        Secure = false,
        Challenge = new(ChallengeScheme.Bearer) { Realm = realm, Answer = unauthorized, TokenRefusal = Token(realm.Split('/')[^1]) },
    };

    private static HttpAnswer? Token(string word) => word switch
    {
        "ok" => null,
        "empty" => new HttpAnswer(200),
        _ => PullErrorScenario.Refusal(int.Parse(word["deny".Length..], CultureInfo.InvariantCulture), word == "deny403" ? "DENIED" : "UNAUTHORIZED", "token endpoint says no"),
    };

    [GeneratedRegex("^(bearer|basic|e)([1-5][0-9][0-9])$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();
}
