namespace Viaduct.Build.Dockerfiles;

/// <summary>One of BuildKit's build checks (frontend/dockerfile/linter/ruleset.go).</summary>
/// <param name="Name">As <c># check=skip=</c> names it.</param>
/// <param name="Remedy">What to do, as a sentence.</param>
/// <param name="IsExperimental">Only <c># check=experimental=</c> turns it on, and <c>skip</c> does not concern it.</param>
public sealed record CheckRule(string Name, string Remedy, bool IsExperimental = false)
{
    public override string ToString() => Name;
}
