namespace Viaduct.Acceptance.Tests.Selection;

internal sealed class Crane() : Client("crane")
{
    protected override Task<Outcome> RunAsync(string request, string name) => RealParts.CraneAsync("config", "--platform", request, name);
}
