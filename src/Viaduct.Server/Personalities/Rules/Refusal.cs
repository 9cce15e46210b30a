namespace Viaduct.Server;

/// <summary>Something that a registry does not do: the rule is data.</summary>
internal sealed class Refusal(string name, Func<Exchange, bool> applies, int status, string code, string message) : IRule
{
    public string Name => name;

    public Task AnswerAsync(Exchange exchange, Step next) => applies(exchange) ? throw this.Refuse(exchange, status, code, message) : next(exchange);
}
