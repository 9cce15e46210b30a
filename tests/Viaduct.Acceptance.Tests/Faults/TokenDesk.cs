using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>A token service, and the door of a registry that takes its tokens for some requests and then no longer.</summary>
internal sealed class TokenDesk(Func<Uri> root)
{
    public const string User = "alice";
    public const string Secret = "open-sesame-41";

    private static readonly string Basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Secret}"))}";

    private readonly ConcurrentDictionary<string, int> _left = new();
    private int _issued;

    public Task IssueAsync(HttpContext context, Random chance)
    {
        if (context.Request.Headers.Authorization != Basic)
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        }
        var token = $"token-{Interlocked.Increment(ref _issued)}-{chance.Next():x}";
        _left[token] = chance.Next(8, 60);
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$"""{"token":"{{token}}","expires_in":{{chance.Next(60, 400)}}}""");
    }

    public bool LetsIn(HttpContext context)
    {
        var shown = context.Request.Headers.Authorization.ToString();
        return shown.StartsWith("Bearer ", StringComparison.Ordinal) && _left.AddOrUpdate(shown["Bearer ".Length..], -1, (_, left) => left - 1) >= 0;
    }

    public void Expire(HttpContext context)
    {
        if (context.Request.Headers.Authorization.ToString() is { Length: > 7 } shown) _left.TryRemove(shown["Bearer ".Length..], out _);
    }

    public Task RefuseAsync(HttpContext context, string repository)
    {
        var error = context.Request.Headers.Authorization.Count > 0 ? ",error=\"invalid_token\"" : "";
        context.Response.StatusCode = 401;
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{new Uri(root(), "/token")}\",service=\"faults\",scope=\"repository:{repository}:pull,push\"{error}";
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("""{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}""");
    }
}
