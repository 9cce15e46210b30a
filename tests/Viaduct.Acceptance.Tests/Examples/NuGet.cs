namespace Viaduct.Acceptance.Tests.Examples;

/// <summary>Where packages come from; the example restores a runtime for each platform.</summary>
internal static class NuGet
{
    public static async Task NeedAsync()
    {
        var found = await Command.RunAsync("dotnet", "package", "search", "Markdig", "--exact-match", "--take", "1", "--verbosity", "minimal");
        Assert.SkipUnless(found.Exit == 0 && found.Text.Contains("1.6.0", StringComparison.Ordinal), "no NuGet source with the example's package is reached from here");
    }
}
