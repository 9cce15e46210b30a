using System.Globalization;
using System.Text.RegularExpressions;
using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Acceptance.Tests.Programs;

/// <summary>Programs of eight compilers, right and wrong: what the simulator says of their images, and what becomes of them when they run.</summary>
public sealed partial class Programs_run_as_predicted(ProgramCorpus corpus) : IClassFixture<ProgramCorpus>
{
    public static TheoryData<string> Names => [.. ProgramCases.Names];

    public static TheoryData<string> ToldHere => [.. ProgramCases.ToldHere];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_simulator_says_what_is_the_matter(string name)
    {
        Compilers.Need();
        var (program, images, manifest) = await corpus.FindAsync(name);
        var pull = await new PullSimulator().PullAsync(images, manifest, program.Node, default);
        var told = string.Join('\n', pull.Findings.Select(f => $"{f.Verdict.Word()} {f.Kind.Name}: {f.Text}"));
        Assert.True(program.Verdict == pull.Verdict, $"{pull.Verdict} instead of {program.Verdict}\n{told}");
        if (program.Kind is { } kind) Assert.True(pull.Findings.Any(f => f.Kind == kind && f.Verdict == program.Verdict), $"no {kind.Name}\n{told}");
    }

    [Theory]
    [MemberData(nameof(ToldHere))]
    public async Task And_so_it_is(string name)
    {
        Compilers.Need();
        RealParts.NeedDocker();
        var program = (await corpus.FindAsync(name)).Case;
        var run = await corpus.RunOfAsync(name);
        switch (program.Fate)
        {
            case Fate.Prints:
                Assert.Equal("hello 42\n", run.MustSucceed().Text);
                break;
            case Fate.PrintsOtherNumbers:
                Assert.NotEqual("42", Number().Match(run.MustSucceed().Text).Groups[1].Value);
                break;
            default:
                Assert.True(run.Exit != 0 && run.Text.Length == 0, $"it runs and ends with {run.Exit}: {run.Text}{run.Error}");
                break;
        }
    }

    /// <summary>No kernel looks at the level; glibc's loader does.</summary>
    [Theory]
    [InlineData("Nehalem", 2)]
    [InlineData("Haswell-noTSX", 3)]
    public async Task A_program_for_a_level_runs_from_that_level_on(string processor, int level)
    {
        Compilers.Need();
        Assert.SkipUnless(File.Exists("/usr/bin/qemu-x86_64-static"), $"qemu is not here: {RealParts.How}");
        var (_, images, manifest) = await corpus.FindAsync("level3-anywhere");
        var node = Node.Of(Platform.Parse(string.Create(CultureInfo.InvariantCulture, $"linux/amd64/v{level}")));
        var pull = await new PullSimulator().PullAsync(images, manifest, node, default);
        var run = await Command.RunAsync("qemu-x86_64-static", "-cpu", processor, Path.Combine(corpus.Folder, "built/amd64/level3"));
        Assert.Equal((level >= 3, level >= 3), (run.Exit == 0, pull.Verdict != Verdict.Failure));
        if (level < 3) Assert.Contains("CPU ISA level is lower than required", run.Error);
    }

    [Fact]
    public async Task Every_case_has_a_name_that_is_listed()
    {
        Compilers.Need();
        foreach (var name in ProgramCases.Names)
        {
            var found = (await corpus.FindAsync(name)).Case;
            Assert.Equal((name, ProgramCases.ToldHere.Contains(name)), (found.Name, found.Fate != Fate.NotTold));
        }
        Assert.Equal(ProgramCases.Names.Count(), ProgramCases.Names.Distinct().Count());
    }

    [GeneratedRegex("^hello (-?[0-9]+)\n$")]
    private static partial Regex Number();
}
