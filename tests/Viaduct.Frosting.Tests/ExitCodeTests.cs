namespace Viaduct.Frosting.Tests;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(typeof(CleanTask), 0)]
    [InlineData(typeof(Throwing.Plain), 1)]
    [InlineData(typeof(Throwing.Code42), 42)]
    [InlineData(typeof(Throwing.Code256), 1)]
    [InlineData(typeof(Throwing.Several), 7)]
    [InlineData(typeof(Throwing.TimedOut), 1)]
    [InlineData(typeof(Throwing.Tolerated), 0)]
    [InlineData(typeof(Throwing.Handled), 0)]
    [InlineData(typeof(Throwing.Cancelled), 130)]
    [InlineData(typeof(Throwing.CancelledInCake), 130)]
    [InlineData(typeof(Throwing.CancelledInParallel), 130)]
    [InlineData(typeof(Throwing.ToleratedButCancelled), 130)]
    public void The_exit_code_tells_done_from_failed_and_failed_from_cancelled(Type task, int exitCode) =>
        Assert.Equal(exitCode, Sample.Run($"-t {task.Name.Replace("Task", "")}", task).ExitCode);

    [Fact]
    public void A_failure_is_told_by_its_messages()
    {
        var outcome = Sample.Run("-t Plain", typeof(Throwing.Plain));

        Assert.Contains("Error: the {kiln} is cold", outcome.Error);
        Assert.Contains("because: no gas", outcome.Error);
    }

    [Theory]
    [InlineData("normal", false)]
    [InlineData("verbose", false)]
    [InlineData("diagnostic", true)]
    public void A_stack_trace_is_for_diagnosis_alone(string verbosity, bool shown) =>
        Assert.Equal(shown, Sample.Run($"-t Plain -v {verbosity}", typeof(Throwing.Plain)).Error.Contains("   at ", StringComparison.Ordinal));

    [Fact]
    public void Of_several_failures_each_is_told_and_the_cancelled_are_not()
    {
        var error = Sample.Run("-t Several", typeof(Throwing.Several)).Error;

        Assert.Contains("Error: first", error);
        Assert.Contains("Error: second", error);
        Assert.DoesNotContain("cancel", error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(typeof(Throwing.Cancelled))]
    [InlineData(typeof(Throwing.CancelledInCake))]
    [InlineData(typeof(Throwing.CancelledInParallel))]
    public void A_cancelled_run_says_so_in_one_line(Type task) =>
        Assert.Equal("Cancelled." + Environment.NewLine, Sample.Run($"-t {task.Name}", task).Error);

    [Fact]
    public void A_tolerated_or_handled_failure_lets_the_run_go_on()
    {
        var outcome = Sample.Run("-t AfterTolerated", typeof(Throwing.Tolerated), typeof(Throwing.Handled), typeof(Throwing.AfterTolerated));

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal("handled:known finally went-on", outcome.Story);
    }

    [Fact]
    public void To_continue_on_error_is_not_to_continue_after_a_cancellation()
    {
        var outcome = Sample.Run("-t AfterCancelled", typeof(Throwing.ToleratedButCancelled), typeof(Throwing.AfterCancelled));

        Assert.Equal(130, outcome.ExitCode);
        Assert.Empty(outcome.Story);
    }

    [Fact]
    public void A_target_that_its_own_criterion_skips_is_a_failure_as_in_Cake() =>
        Assert.Equal(1, Sample.Run("-t Clean --no-clean", Sample.Chain).ExitCode);
}
