namespace Viaduct.Acceptance.Tests;

/// <summary>The Cake pipeline as a process, over a folder of images.</summary>
internal static class Pipeline
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Build.dll");

    public static Task<Outcome> RunAsync(TemporaryFolder folder, params string[] words) => RunAsync(folder, new Dictionary<string, string?>(), words);

    public static async Task<Outcome> RunAsync(TemporaryFolder folder, IReadOnlyDictionary<string, string?> variables, params string[] words)
    {
        using var command = Start(folder, variables, words);
        return await command.EndAsync();
    }

    public static Command Start(TemporaryFolder folder, params string[] words) => Start(folder, new Dictionary<string, string?>(), words);

    private static Command Start(TemporaryFolder folder, IReadOnlyDictionary<string, string?> variables, params string[] words)
    {
        var all = new Dictionary<string, string?>
        {
            ["VIADUCT_PORT"] = "0",
            ["VIADUCT_REGISTRY"] = null,
            ["SOURCE_DATE_EPOCH"] = null,
            ["GITHUB_ACTIONS"] = null,
            ["GITHUB_STEP_SUMMARY"] = null,
            ["NO_COLOR"] = "1",
        };
        foreach (var (name, value) in variables) all[name] = value;
        return Command.Start([.. Command.Interruptible, "dotnet", Program, .. words], folder.Path, all);
    }
}
