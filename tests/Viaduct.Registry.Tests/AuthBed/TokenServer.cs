using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Viaduct.Registry.Tests;

/// <summary>
/// A token service that misbehaves in one of nineteen ways (or in none, ""), each of which was met in the field. Knows alice, who may do everything;
/// whoever comes without a password may pull.
/// </summary>
internal sealed class TokenServer(string mode, TimeProvider clock)
{
    public static readonly string[] Modes =
    [
        "", "token-only", "access-only", "no-expiry", "short", "lie", "dead", "rogue", "narrow", "skew-past", "skew-future",
        "busy", "down", "html", "empty", "deny", "post-only", "get-only", "redirect", "big",
    ];

    public static readonly Credential Alice = new("alice", "alice-pw") { IdentityToken = null };

    /// <summary>Honest or not, some tokens end after this.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    private int _asked;

    public ConcurrentDictionary<string, GrantedToken> Granted { get; } = new();

    /// <summary>Where the mode "redirect" sends to.</summary>
    public string Elsewhere { get; set; } = "";

    /// <summary>Of more scopes than this it gives the first, and says nothing of the others.</summary>
    public int MostScopes { get; init; } = int.MaxValue;

    public Task AnswerAsync(HttpContext http)
    {
        var asked = Interlocked.Increment(ref _asked);
        var method = http.Request.Method;
        return mode switch
        {
            "busy" when asked % 3 != 0 => http.AnswerAsync(429, """{"errors":[{"code":"TOOMANYREQUESTS"}]}""", "application/json", ("Retry-After", "1")),
            "down" when asked % 3 != 0 => http.AnswerErrorAsync(503, "UNAVAILABLE"),
            "html" => http.AnswerAsync(200, "<html><body>portal login</body></html>", "text/html"),
            "empty" => http.AnswerAsync(200, "{}"),
            "deny" => http.AnswerErrorAsync(403, "DENIED", "requested access is denied"),
            "post-only" when method == "GET" => http.AnswerErrorAsync(405, "UNSUPPORTED"),
            "get-only" when method == "POST" => http.AnswerErrorAsync(404, "UNSUPPORTED"),
            "redirect" => http.AnswerAsync(307, null, "", ("Location", Elsewhere + http.Request.QueryString)),
            _ => IssueAsync(http),
        };
    }

    private async Task IssueAsync(HttpContext http)
    {
        var form = http.Request.Method == "POST" ? await http.Request.ReadFormAsync() : null;
        var shown = http.Request.Headers.Authorization.ToString();
        var isAlice = form is null ? shown == Alice.ToBasic()!.ToString() : form["username"] == Alice.Username && form["password"] == Alice.Password;
        if (!isAlice && (shown.Length > 0 || form is not null))
        {
            await http.AnswerErrorAsync(401, "UNAUTHORIZED", "incorrect username or password");
            return;
        }
        var scopes = (form is null ? http.Request.Query["scope"] : form["scope"]).SelectMany(s => ScopeSet.Parse(s).Texts).Take(MostScopes);
        if (!isAlice || mode == "narrow") scopes = scopes.Select(s => s.Replace(",push", "", StringComparison.Ordinal));
        var value = $"token-{Granted.Count}-{Guid.NewGuid():N}";
        var lifetime = mode switch { "short" or "lie" => Short, "dead" => TimeSpan.Zero, _ => Usual };
        Granted[value] = new GrantedToken(ScopeSet.Parse(string.Join(' ', scopes)), clock.GetTimestamp(), lifetime, mode != "rogue");
        var issued = clock.GetUtcNow() + TimeSpan.FromHours(mode switch { "skew-past" => -1, "skew-future" => 1, _ => 0 });
        var fields = new List<string>();
        if (mode != "access-only") fields.Add($"\"token\":\"{value}\"");
        if (mode is not ("token-only" or "no-expiry")) fields.Add($"\"access_token\":\"{value}\"");
        if (mode != "no-expiry") fields.Add($"\"expires_in\":{(mode == "short" ? Short : Usual).TotalSeconds:0},\"issued_at\":\"{issued:yyyy-MM-ddTHH:mm:ssZ}\"");
        var body = new StringBuilder(mode == "big" ? new string(' ', 16 << 20) : "").Append('{').AppendJoin(',', fields).Append('}');
        await http.AnswerAsync(200, body.ToString());
    }
}
