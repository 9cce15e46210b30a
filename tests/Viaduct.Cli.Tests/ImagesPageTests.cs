namespace Viaduct.Cli.Tests;

/// <summary>The examples of docs/images-page print what they show, line by line.</summary>
public sealed class ImagesPageTests
{
    /// <summary>The page's sections in its order, by the folders of their examples.</summary>
    private static readonly string[] Sections =
    [
        "updating-images", "multi-arch", "gcr", "ecr", "acr", "ibm", "ocir", "configuring-nodes", "nodes-that-differ", "pre-pulled",
        "creating-a-secret", "from-existing-credentials", "referring-to-a-secret", "service-account", "several-registries",
        "use-case-1", "use-case-2", "use-case-3", "use-case-4",
    ];

    public static TheoryData<string, int> Blocks()
    {
        var data = new TheoryData<string, int>();
        foreach (var section in Sections)
            for (var i = 0; i < ImagesPage.Read(section).Count; i++) data.Add(section, i);
        return data;
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task What_an_example_shows_is_what_is_printed(string section, int block)
    {
        using var example = new ImagesPageExample(section);
        var blocks = ImagesPage.Read(section);
        foreach (var step in blocks.Take(block).SelectMany(b => b.Steps).Where(s => s.Prepares)) await example.RunAsync(step);
        var shown = blocks[block].Steps;
        for (var i = 0; i < shown.Count; i++)
        {
            var printed = await example.RunAsync(shown[i]);
            Assert.Equal($"$ {shown[i].Command}\n{shown[i].Shown}", $"$ {shown[i].Command}\n{printed}");
            var tells = shown[i].Command == "echo $?" || (i + 1 < shown.Count && shown[i + 1].Command == "echo $?");
            Assert.True(tells || example.Exit == 0, $"{shown[i].Command} ends with {example.Exit}, and the example does not say so");
        }
    }

    [Fact]
    public void Every_section_has_an_example_in_the_order_of_the_page_and_nothing_else_is_there()
    {
        var table = ImagesPage.Rows();
        Assert.Equal(Sections, table);
        Assert.Equal(Sections.Order(StringComparer.Ordinal), Directory.EnumerateDirectories(ImagesPage.Folder).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal));
        Assert.All(Sections, s => Assert.NotEmpty(ImagesPage.Read(s)));
    }

    [Fact]
    public void Every_file_of_an_example_is_used_by_it()
    {
        foreach (var section in Sections)
        {
            var files = Directory.GetFiles(Path.Combine(ImagesPage.Folder, section)).Where(f => Path.GetFileName(f) is not ("README.md" or "viaduct.yaml")).ToList();
            Assert.All(files, f => Assert.Contains(files.Append(Path.Combine(ImagesPage.Folder, section, "README.md")).Where(o => o != f), o => File.ReadAllText(o).Contains(Path.GetFileName(f), StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("use-case-1")]
    [InlineData("use-case-2")]
    [InlineData("use-case-3")]
    [InlineData("use-case-4")]
    public async Task A_use_case_has_a_right_variant_that_ends_with_0_and_a_wrong_one_that_ends_with_6(string section)
    {
        using var example = new ImagesPageExample(section);
        var exits = new HashSet<(string, int)>();
        foreach (var block in ImagesPage.Read(section))
            foreach (var step in block.Steps.Where(s => s.Command != "echo $?"))
            {
                await example.RunAsync(step);
                exits.Add((block.Variant, example.Exit));
            }
        Assert.Contains(("Right", 0), exits);
        Assert.Contains(("Wrong", 6), exits);
    }
}
