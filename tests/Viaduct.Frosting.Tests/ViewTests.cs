using Cake.Core;
using Cake.Frosting;

namespace Viaduct.Frosting.Tests;

public sealed class ViewTests
{
    [Fact]
    public void A_dry_run_tells_the_order_and_runs_no_task()
    {
        var outcome = Sample.Run("-t Pack --dryrun", Sample.Chain);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Empty(outcome.Story);
        Assert.Equal(["Dry run of Pack:", "1. Clean", "2. TestTask", "3. Compile", "4. Pack", "No task was run."], outcome.Lines);
    }

    [Fact]
    public void A_dry_run_asks_the_criteria_and_sets_up_as_Cake_does()
    {
        var outcome = Sample.Run(host => host.UseLifetime<SampleLifetime>(), "-t Compile --dryrun --no-clean", Sample.Chain);

        Assert.Equal("setup:Compile teardown:True", outcome.Story);
        Assert.Contains("-  Clean (would be skipped)", outcome.Lines);
        Assert.Contains("1. Compile", outcome.Lines);
    }

    [Fact]
    public void A_dry_run_of_an_exclusive_target_is_that_target() =>
        Assert.Equal(["Dry run of Pack:", "1. Pack", "No task was run."], Sample.Run("-t Pack -e --dryrun", Sample.Chain).Lines);

    [Fact]
    public void The_tree_shows_under_each_task_what_it_depends_on() =>
        Assert.Equal(
            ["Pack", "├── TestTask", "│   └── Clean", "└── Compile", "    └── Clean"],
            Sample.Run("--tree", Sample.Chain).Lines);

    [Fact]
    public void The_tree_of_a_target_begins_there() =>
        Assert.Equal(["Compile", "└── Clean"], Sample.Run("--tree -t Compile", Sample.Chain).Lines);

    [Fact]
    public void What_the_tree_has_shown_it_refers_to() =>
        Assert.Equal(
            ["Compile", "└── Clean", "Default", "└── Compile", "    └── Clean", "Pack", "├── TestTask", "│   └── Clean", "└── Compile (as above)"],
            Sample.Run("--tree -t Compile -t Default -t Pack", [.. Sample.Chain, typeof(DefaultTask)]).Lines);

    [Fact]
    public void A_circle_of_tasks_is_an_error_not_a_tree_without_end()
    {
        var outcome = Sample.Run("--tree", typeof(Odd.CircleA), typeof(Odd.CircleB), typeof(Odd.CircleC));

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("circular", outcome.Error);
    }

    [Fact]
    public void A_dependency_that_the_host_does_not_know_is_an_error()
    {
        var outcome = Sample.Run("-t Compile", typeof(CompileTask));

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("'Clean'", outcome.Error);
    }

    [Fact]
    public void Descriptions_are_listed_by_name() =>
        Assert.Equal(
            ["  Clean     Removes what was built", "  Compile", "  Pack      Packs what was compiled", "  TestTask"],
            Sample.Run("--description", Sample.Chain).Lines);

    [Fact]
    public void Showing_constructs_neither_context_nor_tasks()
    {
        var outcome = Sample.Run(host => host.UseContext<UnwillingContext>(), "--description", typeof(Odd.NeedsTheImpossible));

        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact]
    public void An_assembly_is_searched_for_its_public_tasks_alone()
    {
        var outcome = Sample.Run(host => host.AddAssembly(typeof(Sample).Assembly), "--description");

        Assert.Contains("  Pack", outcome.Output);
        Assert.DoesNotContain("Internal", outcome.Output);
        Assert.DoesNotContain("ThrowTask", outcome.Output);
    }

    [Fact]
    public void Help_and_version_need_no_task()
    {
        Assert.Contains("--target <task>", Sample.Run("--help").Output);
        Assert.Contains("Cake 7.0.0", Sample.Run("--version").Output);
    }

    public sealed class UnwillingContext : FrostingContext
    {
        public UnwillingContext(ICakeContext context)
            : base(context) => throw new InvalidOperationException("constructed");
    }
}
