namespace Viaduct.Acceptance.Tests;

/// <summary>The Cake pipeline as a process, over a folder of images.</summary>
internal static class Pipeline
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Build.dll");

    public static async Task<Outcome> RunAsync(TemporaryFolder folder, params string[] words)
    {
        using var command = Start(folder, words);
        return await command.EndAsync();
    }

    public static Command Start(TemporaryFolder folder, params string[] words) => Command.Start([.. Command.Interruptible, "dotnet", Program, .. words], folder.Path, new Dictionary<string, string?>
    {
        ["VIADUCT_PORT"] = "0",
        ["VIADUCT_REGISTRY"] = null,
        ["SOURCE_DATE_EPOCH"] = null,
        ["GITHUB_ACTIONS"] = null,
        ["GITHUB_STEP_SUMMARY"] = null,
        ["NO_COLOR"] = "1",
    });
}
