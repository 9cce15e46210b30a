using System.Collections.Immutable;

namespace Viaduct.Registry;

/// <summary>
/// What a token is asked for: resources (<c>repository:team/app</c>) with their actions, compared by value. What a registry asks for in
/// a challenge is carried as it is, known or not (distribution, token/scope.md).
/// </summary>
internal sealed class ScopeSet : IEquatable<ScopeSet>
{
    public static readonly ScopeSet Empty = new([]);

    private readonly ImmutableSortedDictionary<string, ImmutableSortedSet<string>> _actions;

    private ScopeSet(IEnumerable<KeyValuePair<string, ImmutableSortedSet<string>>> actions) =>
        _actions = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, actions);

    public static ScopeSet Pull(string repository) => Of("repository:" + repository, "pull");

    public static ScopeSet Push(string repository) => Of("repository:" + repository, "pull", "push");

    /// <summary>How many resources there are.</summary>
    public int Count => _actions.Count;

    /// <summary>The repository that a request is about: the one that is written to, else the first; null when it is about none.</summary>
    public string? Repository
    {
        get
        {
            const string Prefix = "repository:";
            string? first = null;
            foreach (var (resource, actions) in _actions)
                if (resource.StartsWith(Prefix, StringComparison.Ordinal))
                {
                    if (actions.Contains("push")) return resource[Prefix.Length..];
                    first ??= resource[Prefix.Length..];
                }
            return first;
        }
    }

    /// <summary>One text a resource, in a fixed order.</summary>
    public IEnumerable<string> Texts
    {
        get
        {
            foreach (var (resource, actions) in _actions)
                yield return actions.IsEmpty ? resource : $"{resource}:{string.Join(',', actions)}";
        }
    }

    /// <summary>A challenge's scope attribute: scopes parted by spaces. The resource's name may hold colons itself.</summary>
    public static ScopeSet Parse(string? text)
    {
        var set = Empty;
        foreach (var scope in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = scope.LastIndexOf(':');
            set = set.Union(colon < 0 ? Of(scope) : Of(scope[..colon], scope[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries)));
        }
        return set;
    }

    public ScopeSet Union(ScopeSet other)
    {
        if (Covers(other)) return this;
        if (Count == 0) return other;
        var builder = _actions.ToBuilder();
        foreach (var (resource, actions) in other._actions)
            builder[resource] = builder.TryGetValue(resource, out var mine) ? mine.Union(actions) : actions;
        return new ScopeSet(builder);
    }

    public bool Covers(ScopeSet other)
    {
        foreach (var (resource, actions) in other._actions)
        {
            if (!_actions.TryGetValue(resource, out var mine)) return false;
            if (!mine.Contains("*") && !mine.IsSupersetOf(actions)) return false;
        }
        return true;
    }

    public bool Equals(ScopeSet? other) => other is not null && Count == other.Count && Covers(other) && other.Covers(this);

    public override bool Equals(object? other) => Equals(other as ScopeSet);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var resource in _actions.Keys) hash.Add(resource, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    public override string ToString() => string.Join(' ', Texts);

    private static ScopeSet Of(string resource, params string[] actions) =>
        new([new(resource, ImmutableSortedSet.Create(StringComparer.Ordinal, actions))]);
}
