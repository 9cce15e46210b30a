namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>Who runs a line: docker's client of some version, or Viaduct.</summary>
internal sealed class Tool(string name, string start, Func<TemporaryFolder, IReadOnlyDictionary<string, string?>, string[], Task<Outcome>> run)
{
    /// <summary>Of forky, by which all words are measured.</summary>
    public static Tool Docker { get; } = new("docker 28", $"chroot {RealParts.Root} /usr/bin/docker", (folder, variables, words) => Command.RunAsync(["chroot", RealParts.Root!, "/usr/bin/docker", .. words], folder.Path, variables));

    /// <summary>Of bookworm: the last docker whose files hold no raw bytes.</summary>
    public static Tool OldDocker { get; } = new("docker 20.10", $"{Old}", (folder, variables, words) => Command.RunAsync([Old!, .. words], folder.Path, variables));

    public static Tool Viaduct { get; } = new("viaduct", ViaductCli.Line, ViaductCli.RunAsync);

    /// <summary>For a shell.</summary>
    public string Start => start;

    private static string? Old => Environment.GetEnvironmentVariable("VIADUCT_TEST_OLD") is { Length: > 0 } root ? $"{root}/usr/bin/docker" : null;

    public static async Task NeedAsync(params Tool[] tools)
    {
        RealParts.NeedDistribution();
        RealParts.NeedLinux();
        if (tools.Contains(Docker)) RealParts.NeedTools();
        if (tools.Contains(Docker)) await NeedAsync(Docker, $"{RealParts.Root}/usr/bin/docker", "Docker version 28.");
        if (tools.Contains(OldDocker)) await NeedAsync(OldDocker, Old, "Docker version 20.10.");
    }

    /// <param name="words">All that follows the program's name.</param>
    public Task<Outcome> RunAsync(TemporaryFolder folder, IReadOnlyDictionary<string, string?> variables, params string[] words) => run(folder, variables, words);

    public override string ToString() => name;

    /// <summary>Words are docker's of a version, so another version proves nothing.</summary>
    private static async Task NeedAsync(Tool docker, string? file, string version)
    {
        Assert.SkipUnless(file is not null && File.Exists(file), $"{docker} is not here: {RealParts.How}");
        using var folder = new TemporaryFolder();
        var said = (await docker.RunAsync(folder, new Dictionary<string, string?>(), "--version")).Text;
        Assert.SkipUnless(said.StartsWith(version, StringComparison.Ordinal), $"{docker} is another: {said}");
    }
}
