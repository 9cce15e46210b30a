using Cake.Core;

namespace Cake.Frosting.Hosting;

/// <summary>
/// Names tasks in place of running them. As in Cake, setup, teardown and criteria do run: they decide what the order is.
/// </summary>
internal sealed class DryRunStrategy(IConsole console) : IExecutionStrategy
{
    private int _count;

    public void PerformSetup(Action<ISetupContext> action, ISetupContext context) => action(context);
    public void PerformTeardown(Action<ITeardownContext> action, ITeardownContext teardownContext) => action(teardownContext);

    public Task ExecuteAsync(CakeTask task, ICakeContext context)
    {
        console.WriteLine("{0}. {1}", ++_count, task.Name);
        return Task.CompletedTask;
    }

    public void Skip(CakeTask task, CakeTaskCriteria criteria) => console.WriteLine("-  {0} (would be skipped)", task.Name);

    public Task ReportErrorsAsync(Func<Exception, Task> action, Exception exception) => Task.CompletedTask;
    public Task HandleErrorsAsync(Func<Exception, ICakeContext, Task> action, Exception exception, ICakeContext context) => Task.CompletedTask;
    public Task InvokeFinallyAsync(Func<ICakeContext, Task> action, ICakeContext context) => Task.CompletedTask;
    public void PerformTaskSetup(Action<ITaskSetupContext> action, ITaskSetupContext taskSetupContext) { }
    public void PerformTaskTeardown(Action<ITaskTeardownContext> action, ITaskTeardownContext taskTeardownContext) { }
}
