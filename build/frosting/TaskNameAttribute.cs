namespace Cake.Frosting;

/// <summary>The name by which a task is asked for; without it, the name of its class.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
