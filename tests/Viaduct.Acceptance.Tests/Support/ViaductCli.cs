namespace Viaduct.Acceptance.Tests;

/// <summary>The command line as a process: the native one that <c>VIADUCT_TEST_NATIVE</c> names, else the one built beside the tests.</summary>
internal static class ViaductCli
{
    private static readonly IReadOnlyList<string> Program =
        Environment.GetEnvironmentVariable("VIADUCT_TEST_NATIVE") is { Length: > 0 } native ? [native] : ["dotnet", Path.Combine(AppContext.BaseDirectory, "viaduct.dll")];

    /// <summary>For a shell.</summary>
    public static string Line => string.Join(' ', Program);

    /// <summary>Runs in a folder; its embedded registry takes any free port.</summary>
    public static Task<Outcome> RunAsync(TemporaryFolder folder, params string[] words) => RunAsync(folder, new Dictionary<string, string?>(), words);

    public static async Task<Outcome> RunAsync(TemporaryFolder folder, IReadOnlyDictionary<string, string?> variables, params string[] words)
    {
        using var command = Start(folder, variables, words);
        return await command.EndAsync();
    }

    public static Command Start(TemporaryFolder folder, IReadOnlyDictionary<string, string?> variables, params string[] words) =>
        Start([], folder, variables, words);

    /// <param name="before">What starts the program in another way: <c>setpriv --reuid 65534</c>.</param>
    public static Command Start(IReadOnlyList<string> before, TemporaryFolder folder, IReadOnlyDictionary<string, string?> variables, params string[] words)
    {
        var all = new Dictionary<string, string?>
        {
            ["VIADUCT_PORT"] = "0",
            ["VIADUCT_REGISTRY"] = null,
            ["VIADUCT_PLATFORM"] = null,
            ["VIADUCT_TAG"] = null,
            ["VIADUCT_ATTEST"] = null,
            ["VIADUCT_DEBUG"] = null,
            ["SOURCE_DATE_EPOCH"] = null,
        };
        foreach (var (name, value) in variables) all[name] = value;
        return Command.Start([.. Command.Interruptible, .. before, .. Program, .. words], folder.Path, all);
    }
}
