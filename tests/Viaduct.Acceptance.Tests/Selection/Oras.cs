namespace Viaduct.Acceptance.Tests.Selection;

internal sealed class Oras() : Client("oras")
{
    protected override Task<Outcome> RunAsync(string request, string name) => RealParts.OrasAsync("manifest", "fetch", "--plain-http", "--platform", request, name);
}
