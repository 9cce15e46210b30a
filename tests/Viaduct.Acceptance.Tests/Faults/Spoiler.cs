using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>Lets one fault happen to one request.</summary>
/// <param name="pass">Answers as there were no fault.</param>
internal sealed class Spoiler(HttpContext context, Random chance, TimeProvider clock, Func<Task> pass)
{
    private static readonly string[] Pages = ["<html><body><h1>Please log in</h1></body></html>", "<!DOCTYPE html><p>This page has moved.</p>"];

    private HttpRequest Request => context.Request;

    private HttpResponse Response => context.Response;

    public async Task HappenAsync(FaultKind kind, Decoy decoy)
    {
        switch (kind)
        {
            case FaultKind.Drop: End(reset: false); break;
            case FaultKind.Reset: End(reset: true); break;
            case FaultKind.DropAfter: await PassUnheardAsync(); End(reset: chance.Next(2) == 0); break;
            case FaultKind.Stall: await StallAsync(); break;
            case FaultKind.TooMany: await FailAsync(429, null); break;
            case FaultKind.TooManyWithWait: await FailAsync(429, chance.Next(2) == 0 ? $"{chance.Next(20)}" : clock.GetUtcNow().AddSeconds(chance.Next(20)).ToString("R")); break;
            case FaultKind.TooManyForHours: await FailAsync(429, "21600"); break;
            case FaultKind.ServerError: await FailAsync(Gateway(), null); break;
            case FaultKind.ServerErrorAfter: await PassUnheardAsync(); await FailAsync(Gateway(), null); break;
            case FaultKind.Html: await PageAsync(); break;
            case FaultKind.RedirectLoop: Redirect(Request.Path + Request.QueryString); break;
            case FaultKind.RedirectToStorage or FaultKind.RedirectToNothing or FaultKind.RedirectToHtml: Redirect(decoy.Location(kind, Request.Path)); break;
            case FaultKind.UploadElsewhere: Response.StatusCode = 202; Response.Headers.Location = decoy.Location(kind, Request.Path); break;
            case FaultKind.StreamReset when context.Features.Get<IHttpResetFeature>() is { } stream: stream.Reset(2); break;
            case FaultKind.StreamReset: context.Abort(); break;
            case FaultKind.GoAway: context.Features.Get<IConnectionLifetimeNotificationFeature>()!.RequestClose(); await pass(); break;
            case FaultKind.WrongDigestHeader: Response.OnStarting(OtherDigest); await pass(); break;
            case FaultKind.FlippedRequest: Request.Body = new Spoiled(Request.Body, Somewhere(() => Request.ContentLength), Flip); await pass(); break;
            case FaultKind.FlippedAnswer: Answer(Somewhere(() => Response.ContentLength), Flip); await pass(); break;
            case FaultKind.WrongLength: WrongLength(); await pass(); break;
            case FaultKind.Truncated or FaultKind.ResetMidway or FaultKind.StallMidway: Cut(kind); await pass(); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }

    private static Task<byte[]> Flip(byte[] bytes, int at) => Task.FromResult(Spoiled.Flip(bytes, at));

    private int Gateway() => new[] { 500, 502, 503, 504 }[chance.Next(4)];

    private Func<long> Somewhere(Func<long?> length) => () => chance.NextInt64(Math.Max(1, length() ?? 1));

    private void Answer(Func<long> where, Func<byte[], int, Task<byte[]>> happens) => Response.Body = new Spoiled(Response.Body, where, happens);

    private void Cut(FaultKind kind)
    {
        var body = Response.Body;
        Answer(Somewhere(() => Response.ContentLength), async (bytes, at) =>
        {
            await body.WriteAsync(bytes.AsMemory(0, at));
            await body.FlushAsync();
            if (kind == FaultKind.StallMidway) await StallAsync();
            else End(reset: kind == FaultKind.ResetMidway);
            throw new IOException("cut");
        });
    }

    private void WrongLength()
    {
        var longer = chance.Next(2) == 0;
        Answer(() =>
        {
            var last = (Response.ContentLength ?? 1) - 1;
            if (Response.ContentLength is not null) Response.ContentLength = last + (longer ? 2 : 0);
            return last;
        }, (bytes, at) => Task.FromResult(longer ? [.. bytes, (byte)'\n'] : bytes[..at]));
    }

    /// <summary>The registry does it, and nobody hears of it.</summary>
    private async Task PassUnheardAsync()
    {
        var body = Response.Body;
        Response.Body = Stream.Null;
        await pass();
        Response.Body = body;
        Response.Clear();
    }

    private Task FailAsync(int status, string? wait)
    {
        Response.StatusCode = status;
        if (wait is not null) Response.Headers.RetryAfter = wait;
        // A date to come back is measured by the date of who says it.
        Response.Headers.Date = clock.GetUtcNow().ToString("R");
        if (status == 429 && chance.Next(2) == 0) Response.Headers["RateLimit-Limit"] = "100;w=21600";
        Response.ContentType = chance.Next(2) == 0 ? "text/html" : "application/json";
        return HttpMethods.IsHead(Request.Method) ? Task.CompletedTask : Response.WriteAsync(Response.ContentType == "text/html" ? Pages[0] : """{"errors":[{"code":"TOOMANYREQUESTS","message":"not now"}]}""");
    }

    private Task PageAsync()
    {
        var page = Pages[chance.Next(Pages.Length)];
        Response.ContentType = "text/html; charset=utf-8";
        Response.ContentLength = page.Length;
        return HttpMethods.IsHead(Request.Method) ? Task.CompletedTask : Response.WriteAsync(page);
    }

    private void Redirect(string location)
    {
        Response.StatusCode = new[] { 301, 302, 303, 307, 308 }[chance.Next(5)];
        Response.Headers.Location = location;
    }

    private Task OtherDigest()
    {
        if (Response.Headers.ContainsKey("Docker-Content-Digest")) Response.Headers["Docker-Content-Digest"] = $"sha256:{new string('0', 63)}{chance.Next(10)}";
        return Task.CompletedTask;
    }

    /// <summary>Until the client has gone.</summary>
    private async Task StallAsync()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = context.RequestAborted.UnsafeRegister(_ => gone.TrySetResult(), null);
        await gone.Task;
    }

    private void End(bool reset)
    {
        // Kestrel resets what it aborts; an orderly end has to come first.
        if (!reset && context.Features.Get<IConnectionSocketFeature>() is { } connection)
            try
            {
                connection.Socket.Shutdown(SocketShutdown.Both);
            }
            catch (SocketException)
            {
                // The client was faster.
            }
        context.Abort();
    }
}
