using System.Runtime.CompilerServices;

namespace Viaduct.Cli.Tests;

/// <summary>What the documents show of load is what it prints, up to the place of the engine.</summary>
public sealed class LoadDocumentTests
{
    [Theory]
    [InlineData("README.md", "")]
    [InlineData("docs/cli.md", "    ")]
    public async Task What_a_document_shows_is_what_is_printed(string document, string indent)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "engines have unix sockets here");
        await using var engine = await ScriptedEngine.StartAsync();
        using var pause = new Place().With("DOCKER_HOST", engine.Address);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root(), "images", "pause"), "*", SearchOption.AllDirectories))
        {
            var target = pause.PathOf(Path.GetRelativePath(Root(), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        Assert.Equal(0, (await pause.RunAsync("push")).Exit);
        var outcome = await pause.RunAsync("load", $"{pause.Registry}/pause:3.10", "--as", "pause:3.10");
        Assert.Equal(0, outcome.Exit);
        var shown = "$ viaduct load 127.0.0.1:5842/pause:3.10 --as pause:3.10\n" + outcome.Output.Replace(engine.Address, "unix:///var/run/docker.sock");
        Assert.Contains(indent + shown.TrimEnd().Replace("\n", "\n" + indent) + "\n", File.ReadAllText(Path.Combine(Root(), document)));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath("../../..", here);
}
