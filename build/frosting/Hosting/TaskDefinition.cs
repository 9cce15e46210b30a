using System.Reflection;
using Cake.Core;

namespace Cake.Frosting.Hosting;

/// <summary>What a task's class says about it. Reading it constructs nothing.</summary>
internal sealed record TaskDefinition(Type Type)
{
    public string Name => NameOf(Type);
    public string Description => Type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? "";
    public bool ContinuesOnError => Type.IsDefined(typeof(ContinueOnErrorAttribute), inherit: false);

    public IEnumerable<string> Dependencies =>
        Type.GetCustomAttributes<IsDependentOnAttribute>().Select(attribute => Other(attribute.Task));

    public IEnumerable<string> Dependees =>
        Type.GetCustomAttributes<IsDependeeOfAttribute>().Select(attribute => Other(attribute.Task));

    public Type ContextType => Vocabulary()?.GenericTypeArguments[0] ?? typeof(ICakeContext);

    public bool Runs => Overrides(nameof(IFrostingTask.RunAsync)) || Overrides("Run");
    public bool HasCriteria => Overrides(nameof(IFrostingTask.ShouldRun));
    public bool HandlesErrors => Overrides(nameof(IFrostingTask.OnError));
    public bool HasFinally => Overrides(nameof(IFrostingTask.Finally));

    // The engine treats what is not registered differently (a task without actions is "delegated" in the report).
    private bool Overrides(string method)
    {
        if (Vocabulary() is not { } vocabulary)
            return true;

        return vocabulary.GetMethod(method) is { } declared
            && Type.GetMethods().Any(own => own.GetBaseDefinition() == declared && own.DeclaringType != vocabulary);
    }

    private Type? Vocabulary()
    {
        for (var type = Type; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() is var generic
                && (generic == typeof(FrostingTask<>) || generic == typeof(AsyncFrostingTask<>)))
            {
                return type;
            }
        }

        return null;
    }

    private string Other(Type other) => typeof(IFrostingTask).IsAssignableFrom(other)
        ? NameOf(other)
        : throw new CakeException($"Task '{Name}' names {other} as a dependency, which is not a task.");

    private static string NameOf(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;
}
