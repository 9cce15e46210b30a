namespace Viaduct.Server;

/// <summary>A success with another status than the book's.</summary>
internal sealed class OtherStatus(string name, Func<Exchange, bool> applies, int usual, int status) : IRule
{
    public string Name => name;

    public async Task AnswerAsync(Exchange exchange, Step next)
    {
        await next(exchange).ConfigureAwait(false);
        if (exchange.Http.Response.StatusCode == usual && applies(exchange)) exchange.Http.Response.StatusCode = status;
    }
}
