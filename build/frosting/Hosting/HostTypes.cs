using System.Reflection;

namespace Cake.Frosting.Hosting;

/// <summary>The build's own types, as the host was told of them.</summary>
internal sealed class HostTypes
{
    public Type Context { get; set; } = typeof(FrostingContext);
    public Type? Lifetime { get; set; }
    public Type? TaskLifetime { get; set; }
    public List<Type> Tasks { get; } = [];
    public HashSet<Assembly> Assemblies { get; } = [];

    /// <summary>Public classes only, as in Cake.Frosting: a build that works here must work there.</summary>
    public IEnumerable<Type> FindTasks() =>
        Tasks.Concat(Assemblies.SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
                && typeof(IFrostingTask).IsAssignableFrom(type)));
}
