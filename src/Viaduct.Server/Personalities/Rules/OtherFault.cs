namespace Viaduct.Server;

/// <summary>A failure in other words than the book's.</summary>
internal sealed class OtherFault(string name, Func<Exchange, RegistryFault, bool> applies, int status, string code, string message) : IRule
{
    public string Name => name;

    public async Task AnswerAsync(Exchange exchange, Step next)
    {
        try
        {
            await next(exchange).ConfigureAwait(false);
        }
        catch (RegistryFault fault) when (applies(exchange, fault))
        {
            throw this.Refuse(exchange, status, code, message);
        }
    }
}
