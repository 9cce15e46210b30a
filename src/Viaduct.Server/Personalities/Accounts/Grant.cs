namespace Viaduct.Server;

/// <summary>What a token opens.</summary>
/// <param name="Account">Null for nobody in particular.</param>
/// <param name="Actions">By resource: <c>repository:team/app</c>.</param>
internal sealed record Grant(string? Account, IReadOnlyDictionary<string, string[]> Actions, long Made)
{
    public bool Covers(Need need) =>
        need.Action.Length == 0 || (Actions.GetValueOrDefault(need.Resource) is { } actions && (actions.Contains(need.Action) || actions.Contains("*")));
}
