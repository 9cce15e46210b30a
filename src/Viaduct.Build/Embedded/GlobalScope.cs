using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build;

/// <summary>The arguments before the first FROM: what FROM lines see, and what a stage sees once it declares the same name.</summary>
internal sealed class GlobalScope
{
    private readonly Dictionary<string, string?> _values = [];

    public GlobalScope(Dockerfile dockerfile, BuildRequest request)
    {
        Args = request.Args;
        var variables = new Variables();
        Scope = new Scope(dockerfile.Escape, variables, Budget);
        foreach (var (name, value) in PlatformArgs.Of(request)) Set(name, request.Args.GetValueOrDefault(name) ?? value);
        foreach (var arg in dockerfile.Globals.SelectMany(a => a.Args))
            Set(arg.Name, request.Args.GetValueOrDefault(arg.Name) ?? (arg.Default is { } word ? Scope.Expand(word).Text : null));

        void Set(string name, string? value)
        {
            _values[name] = value;
            variables[name] = value ?? "";
        }
    }

    public ExpansionBudget Budget { get; } = new();

    public Scope Scope { get; }

    public IReadOnlyDictionary<string, string> Args { get; }

    /// <summary>What an ARG without a default brings into a stage; null leaves the name as it was.</summary>
    public string? ValueFor(string name) => Args.GetValueOrDefault(name) ?? _values.GetValueOrDefault(name);
}
