using Cake.Core;
using Cake.Core.Graph;

namespace Cake.Frosting.Hosting;

/// <summary>Shows under each task what it depends on.</summary>
internal sealed class TreeView
{
    private readonly IConsole _console;
    private readonly CakeGraph _graph;
    private readonly ILookup<string, string> _dependencies;
    private readonly HashSet<string> _shown = new(StringComparer.OrdinalIgnoreCase);

    public TreeView(IConsole console, IReadOnlyList<ICakeTaskInfo> tasks)
    {
        _console = console;
        _graph = CakeGraphBuilder.Build(tasks);
        _dependencies = _graph.Edges.ToLookup(edge => edge.End, edge => edge.Start, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Without targets, the tasks on which no other depends.</summary>
    public void Write(IReadOnlyList<string> targets)
    {
        // A circle has no root to show; to traverse it makes Cake say what is wrong.
        foreach (var node in _graph.Nodes)
            _ = _graph.Traverse(node);

        var inner = _graph.Edges.Select(edge => edge.Start).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var root in targets is [] ? _graph.Nodes.Where(node => !inner.Contains(node)) : targets)
        {
            _console.WriteLine(root);
            WriteDependencies(root, "");
        }
    }

    private void WriteDependencies(string task, string indent)
    {
        var dependencies = _dependencies[task].ToList();
        foreach (var (index, dependency) in dependencies.Index())
        {
            var last = index == dependencies.Count - 1;
            // Once in full: a diamond would otherwise double with every layer.
            var again = !_shown.Add(dependency) && _dependencies.Contains(dependency);
            _console.WriteLine(indent + (last ? "└── " : "├── ") + dependency + (again ? " (as above)" : ""));
            if (!again)
                WriteDependencies(dependency, indent + (last ? "    " : "│   "));
        }
    }
}
