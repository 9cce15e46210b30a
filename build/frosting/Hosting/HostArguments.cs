using Cake.Core.Diagnostics;

namespace Cake.Frosting.Hosting;

/// <summary>A command line, read.</summary>
internal sealed record HostArguments
{
    public const string DefaultTarget = "Default";

    public HostMode Mode { get; init; }

    /// <summary>The targets that were named; none means <see cref="DefaultTarget"/>.</summary>
    public IReadOnlyList<string> NamedTargets { get; init; } = [];

    public bool Exclusive { get; init; }
    public Verbosity Verbosity { get; init; } = Verbosity.Normal;
    public string? WorkingDirectory { get; init; }

    /// <summary>Everything that is not the host's: the build's own arguments, as given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; init; } = [];

    public IReadOnlyList<string> Targets => NamedTargets is [] ? [DefaultTarget] : NamedTargets;

    /// <summary>What tasks see: their own arguments and, as Cake has it, the targets.</summary>
    public ILookup<string, string> ToLookup() =>
        Values.Concat(Targets.Select(target => KeyValuePair.Create("target", target)))
            .ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
}
