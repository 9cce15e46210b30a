using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>
/// The embedded registry in the part of another one (<c>--as</c>): rules around its endpoints, test accounts, and a count of what was asked.
/// One object serves one registry.
/// </summary>
public sealed class Rehearsal
{
    private readonly Personality _personality;
    private readonly AccountBook _accounts;
    private readonly SettingValues _settings;
    private readonly RequestTally _tally = new();
    private PullQuota? _quota;

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="accounts"><c>NAME:PASSWORD</c>; the registry's usual one when there is none.</param>
    /// <param name="settings"><c>NAME=VALUE</c>, each one that the registry has.</param>
    /// <exception cref="ViaductException">VIA4005 no such registry, VIA4006 no such setting, VIA4007 no account.</exception>
    public Rehearsal(string name, IEnumerable<string> accounts, IEnumerable<string> settings)
    {
        _personality = KnownPersonalities.Of(name);
        _accounts = new AccountBook(_personality, accounts);
        _settings = new SettingValues(_personality.Settings, settings);
    }

    /// <summary>What can be played.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. KnownPersonalities.All.Select(p => p.Name)];

    public string Name => _personality.Name;

    public IReadOnlyList<TestAccount> Accounts => _accounts.All;

    /// <summary>Whether pulls need no account.</summary>
    public bool AllowsAnonymousPull => _personality.AnonymousPull;

    /// <summary>What was asked until now. An answer is counted a moment after it was sent; after the registry has ended, all are.</summary>
    public RehearsalReport Report() => _tally.Report(Name, _quota);

    internal Step Chain(StoreView store, TimeProvider clock, Step endpoint)
    {
        if (_personality.Settings.Any(s => s.Name == Hub.Pulls)) _quota = new PullQuota(_settings.Number(Hub.Pulls), clock);
        var stage = new Stage(_settings, _accounts, store, _quota, clock);
        var chain = _personality.Rules(stage).Reverse().Aggregate(endpoint, (next, rule) => exchange => rule.AnswerAsync(exchange, next));
        return exchange =>
        {
            CountedBody.Watch(exchange);
            return chain(exchange);
        };
    }

    internal void Count(Exchange exchange) => _tally.Add(exchange);
}
