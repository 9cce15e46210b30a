using System.Runtime.ExceptionServices;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Hosting;

/// <summary>Turns task classes into the engine's tasks.</summary>
internal sealed class TaskRegistration(Composition cake, Type contextType)
{
    public void Register(TaskDefinition definition)
    {
        if (!definition.ContextType.IsAssignableFrom(contextType))
        {
            cake.Log.Warning("Task '{0}' is left out: it needs a {1}.", definition.Name, definition.ContextType);
            return;
        }

        // Constructed when first needed: showing the tree must not run anybody's constructor.
        var task = new Lazy<IFrostingTask>(() => (IFrostingTask)cake.Services.Create(definition.Type));
        var builder = cake.Engine.RegisterTask(definition.Name).Description(definition.Description);

        if (definition.Runs)
            builder.Does((Func<ICakeContext, Task>)(context => RunAsync(task.Value, context)));
        if (definition.HasCriteria)
            builder.WithCriteria((Func<ICakeContext, bool>)(context => task.Value.ShouldRun(context)));
        if (definition.HandlesErrors || definition.ContinuesOnError)
            builder.OnError((Action<Exception, ICakeContext>)((e, context) => HandleError(definition, task.Value, e, context)));
        if (definition.HasFinally)
            builder.Finally((Action<ICakeContext>)(context => task.Value.Finally(context)));

        foreach (var dependency in definition.Dependencies)
            builder.IsDependentOn(dependency);
        foreach (var dependee in definition.Dependees)
            builder.IsDependeeOf(dependee);
    }

    private async Task RunAsync(IFrostingTask task, ICakeContext context)
    {
        try
        {
            await task.RunAsync(context);
        }
        catch (Exception exception) when (Cancellation.Is(exception))
        {
            cake.EngineLog.Cancelled();
            throw;
        }
    }

    private static void HandleError(TaskDefinition definition, IFrostingTask task, Exception exception, ICakeContext context)
    {
        if (definition.HandlesErrors)
            task.OnError(exception, context);

        // To continue on error is not to continue after Ctrl-C.
        if (Cancellation.Is(exception))
            ExceptionDispatchInfo.Throw(exception);
    }
}
