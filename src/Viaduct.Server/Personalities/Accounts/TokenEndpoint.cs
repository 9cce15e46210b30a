using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>The token service: GET with Basic or without (distribution, token.md), POST with a form (oauth.md).</summary>
internal sealed class TokenEndpoint(IRule rule, TokenScheme scheme, AccountBook accounts, TokenDesk desk)
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>Nobody is known before the form is read.</summary>
    private const int MaxForm = 64 << 10;

    private const int MaxPassed = 1 << 20;

    public Task AnswerAsync(Exchange exchange) => exchange.Method switch
    {
        "GET" => GetAsync(exchange),
        "POST" when scheme.PostStatus == 0 => PostAsync(exchange),
        "POST" => throw rule.Refuse(exchange, scheme.PostStatus, scheme.PostStatus == 401 ? "UNAUTHORIZED" : "UNSUPPORTED", "tokens are to be had by GET"),
        _ => throw RegistryFault.NotAllowed(exchange.Method),
    };

    private Task GetAsync(Exchange exchange)
    {
        var shown = exchange.Http.Request.Headers.Authorization.ToString();
        if (shown.Length == 0) return scheme.AnonymousPull ? SendAsync(exchange, null, Scopes(exchange)) : throw Denied(exchange);
        return SendAsync(exchange, accounts.FindBasic(shown) ?? throw Denied(exchange), Scopes(exchange));
    }

    private async Task PostAsync(Exchange exchange)
    {
        var type = exchange.Http.Request.ContentType.AsSpan();
        if (!type[..(type.IndexOf(';') is >= 0 and var end ? end : type.Length)].Trim().Equals(FormType, StringComparison.OrdinalIgnoreCase)) throw Denied(exchange);
        var form = await ReadFormAsync(exchange).ConfigureAwait(false);
        var account = form.GetValueOrDefault("grant_type").ToString() switch
        {
            "password" => accounts.Find(form.GetValueOrDefault("username").ToString(), form.GetValueOrDefault("password").ToString()),
            "refresh_token" => accounts.FindToken(form.GetValueOrDefault("refresh_token").ToString()),
            _ => null,
        };
        await SendAsync(exchange, account ?? throw Denied(exchange), form.GetValueOrDefault("scope").OfType<string>()).ConfigureAwait(false);
    }

    private async Task<Dictionary<string, StringValues>> ReadFormAsync(Exchange exchange)
    {
        var body = (await exchange.Body.ReadAtLeastAsync(MaxForm + 1, exchange.Aborted).ConfigureAwait(false)).Buffer;
        if (body.Length > MaxForm) throw await TooLongAsync(exchange, body).ConfigureAwait(false);
        using var reader = new FormReader(Encoding.UTF8.GetString(body));
        exchange.Body.AdvanceTo(body.End);
        try
        {
            return reader.ReadForm();
        }
        catch (InvalidDataException)
        {
            throw rule.Refuse(exchange, 400, "UNSUPPORTED", "this is no form");
        }
    }

    /// <summary>Most clients that are still sending when the connection ends never see the answer: a little of what is left is read first.</summary>
    private async Task<RegistryFault> TooLongAsync(Exchange exchange, ReadOnlySequence<byte> body)
    {
        exchange.Body.AdvanceTo(body.End);
        for (var passed = 0L; passed < MaxPassed;)
        {
            var part = await exchange.Body.ReadAsync(exchange.Aborted).ConfigureAwait(false);
            passed += part.Buffer.Length;
            exchange.Body.AdvanceTo(part.Buffer.End);
            if (part.IsCompleted) break;
        }
        return rule.Refuse(exchange, 413, "UNSUPPORTED", $"a form has at most {MaxForm} bytes");
    }

    private static IEnumerable<string> Scopes(Exchange exchange) => exchange.Http.Request.Query["scope"].OfType<string>();

    private Task SendAsync(Exchange exchange, string? account, IEnumerable<string> scopes)
    {
        exchange.Account = account;
        var token = desk.Issue(account, scopes);
        var json = new GoJsonWriter().BeginObject().Name("token").String(token).Name("access_token").String(token)
            .Name("expires_in").Number((long)TokenDesk.Lifetime.TotalSeconds).EndObject();
        exchange.Header("Cache-Control", "no-store");
        return exchange.JsonAsync(200, json.ToBytes()).AsTask();
    }

    private RegistryFault Denied(Exchange exchange) => rule.Refuse(exchange, 401, "UNAUTHORIZED", "the name or the password is not known");
}
