using System.Reflection;
using Cake.Core;

namespace Cake.Frosting.Hosting;

/// <summary>What constructors of contexts, tasks and lifetimes may ask for, each by its type.</summary>
internal sealed class HostServices : IServiceProvider
{
    private readonly Dictionary<Type, object> _services = [];

    public HostServices Add<T>(T service)
        where T : class
    {
        _services[typeof(T)] = service;
        return this;
    }

    public void Add(Type type, object service) => _services[type] = service;

    public object? GetService(Type serviceType) => _services.GetValueOrDefault(serviceType);

    public object Create(Type type)
    {
        foreach (var constructor in type.GetConstructors().OrderByDescending(c => c.GetParameters().Length))
        {
            var arguments = constructor.GetParameters().Select(p => GetService(p.ParameterType)).ToArray();
            if (!arguments.Contains(null))
                return constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        }

        throw new CakeException($"{type} has no public constructor whose parameters are all known to the host.");
    }
}
