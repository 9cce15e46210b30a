using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Viaduct.Cli.Tests;

/// <summary>What the documents show of build, manifest, select, simulate and whatif is what they print. Columns are as wide as the port's digits, so blanks are not compared.</summary>
public sealed partial class DocumentedOutputTests : IDisposable
{
    private const string Shown = "127.0.0.1:5842";

    private readonly Place _place = new Place()
        .Program("app", "linux/amd64, linux/arm/v6", ("amd64", "amd64"), ("armv6", "arm"))
        .File("images/app/image.yaml", "tags: [\"1\"]\nplatforms: [linux/amd64, linux/arm/v6]\n")
        .With("DOCKER_CLI_EXPERIMENTAL", "enabled");

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("README.md", 4)]
    [InlineData("docs/cli.md", 12)]
    public async Task What_a_document_shows_is_what_is_printed(string document, int atLeast)
    {
        Copy(Path.Combine(Root(), "images", "pause"), _place.PathOf("images/pause"));
        Copy(Path.Combine(Root(), "docs", "images-page", "nodes-that-differ"), _place.PathOf("docs/images-page/nodes-that-differ"));
        Assert.Equal(0, (await _place.RunAsync("push")).Exit);
        _place.With("DOCKER_CONFIG", _place.PathOf("docker"));
        var compared = 0;
        foreach (var (command, shown) in Examples(File.ReadAllText(Path.Combine(Root(), document))))
        {
            if (command.StartsWith("cat ", StringComparison.Ordinal)) _place.File(command[4..], shown);
            if (!Verb().IsMatch(command) || !(command.Contains(Shown) || command.StartsWith("viaduct build pause", StringComparison.Ordinal) || command.StartsWith("viaduct simulate -f", StringComparison.Ordinal))) continue;
            var words = Word().Matches(command.Replace(Shown, _place.Registry)).Skip(1).Select(m => m.Value.Trim('"')).ToArray();
            var outcome = await _place.RunAsync(words);
            Assert.Equal((Blanks(shown), Fails().IsMatch(shown) ? 6 : 0, ""), (Blanks(outcome.Output.Replace(_place.Registry, Shown).Replace(_place.Folder + Path.DirectorySeparatorChar, "")), outcome.Exit, outcome.Error));
            compared++;
        }
        Assert.True(compared >= atLeast, $"only {compared} were compared");
    }

    /// <summary>Commands after a dollar sign with the lines below them, in fenced or indented blocks.</summary>
    private static IEnumerable<(string Command, string Shown)> Examples(string document)
    {
        var lines = document.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].TrimStart().StartsWith("$ ", StringComparison.Ordinal)) continue;
            var indent = lines[i][..lines[i].IndexOf('$')];
            var below = lines.Skip(i + 1).TakeWhile(l => !l.StartsWith(indent + "$ ", StringComparison.Ordinal) && !l.StartsWith("```", StringComparison.Ordinal) && (l.Length == 0 || l.StartsWith(indent, StringComparison.Ordinal)));
            yield return (lines[i].Trim()[2..], string.Concat(below.Select(l => l.Length == 0 ? "\n" : l[indent.Length..] + "\n")).TrimEnd('\n') is { Length: > 0 } shown ? shown + "\n" : "");
        }
    }

    private static string Blanks(string text) => Run().Replace(text, " ");

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath("../../..", here);

    /// <summary>What a document shows of a run that ends with 6.</summary>
    [GeneratedRegex("takes nothing|is taken:| failure|stops working\n|: [0-9]+ fails?\n")]
    private static partial Regex Fails();

    [GeneratedRegex("^viaduct (build|manifest|select|simulate|whatif) ")]
    private static partial Regex Verb();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Word();

    [GeneratedRegex(" +")]
    private static partial Regex Run();
}
