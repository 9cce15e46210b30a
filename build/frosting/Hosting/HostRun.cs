using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Hosting;

/// <summary>One command line, carried out.</summary>
internal sealed class HostRun(Composition cake, HostArguments arguments, HostTypes types)
{
    public async Task RunAsync()
    {
        var tasks = new TaskRegistration(cake, types.Context);
        foreach (var type in types.FindTasks())
            tasks.Register(new TaskDefinition(type));

        switch (arguments.Mode)
        {
            case HostMode.Descriptions:
                cake.Console.WriteLine(DescriptionView.Of(cake.Engine.Tasks));
                break;
            case HostMode.Tree:
                RequireKnown(arguments.NamedTargets);
                new TreeView(cake.Console, cake.Engine.Tasks).Write(arguments.NamedTargets);
                break;
            case HostMode.DryRun:
                RequireKnown(arguments.Targets);
                cake.Console.WriteLine($"Dry run of {string.Join(", ", arguments.Targets)}:");
                await RunTargetsAsync(new DryRunStrategy(cake.Console));
                cake.Console.WriteLine("No task was run.");
                break;
            default:
                RequireKnown(arguments.Targets);
                await RunAndReportAsync();
                break;
        }
    }

    private async Task RunAndReportAsync()
    {
        var printer = new CakeReportPrinter(cake.Console, cake.Context);
        try
        {
            var report = await RunTargetsAsync(new DefaultExecutionStrategy(cake.EngineLog, printer));
            Print(report);
        }
        catch (CakeReportException exception) when (!Cancellation.Is(exception))
        {
            Print(exception.Report);
            throw;
        }

        void Print(CakeReport? report)
        {
            if (report is { IsEmpty: false })
                printer.Write(report);
        }
    }

    private Task<CakeReport> RunTargetsAsync(IExecutionStrategy strategy)
    {
        var context = (IFrostingContext)cake.Services.Create(types.Context);
        cake.Services.Add(context);
        cake.Services.Add(types.Context, context);

        var lifetimes = new LifetimeRegistration(cake, context);
        if (types.Lifetime is not null)
            lifetimes.Register((IFrostingLifetime)cake.Services.Create(types.Lifetime));
        if (types.TaskLifetime is not null)
            lifetimes.Register((IFrostingTaskLifetime)cake.Services.Create(types.TaskLifetime));

        var settings = new ExecutionSettings().SetTargets(arguments.Targets);
        if (arguments.Exclusive)
            settings.UseExclusiveTarget();

        return cake.Engine.RunTargetAsync(context, strategy, settings);
    }

    private void RequireKnown(IEnumerable<string> targets)
    {
        var known = cake.Engine.Tasks;
        var unknown = targets.Except(known.Select(task => task.Name), StringComparer.OrdinalIgnoreCase).ToList();
        if (unknown is [])
            return;

        var nl = Environment.NewLine;
        var hint = arguments.NamedTargets is [] ? " Name one with --target." : "";
        throw new CakeException(ExitCodes.Usage, $"There is no task '{string.Join("', '", unknown)}'.{hint} The tasks are:{nl}{DescriptionView.Of(known)}");
    }
}
