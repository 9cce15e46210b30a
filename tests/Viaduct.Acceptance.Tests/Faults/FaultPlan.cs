using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>
/// Which request meets which fault. A request is told by its method, its path and how often it has been asked, not by when it comes: the same
/// seed gives the same faults, whatever the order in which tasks ask.
/// </summary>
internal sealed class FaultPlan(int seed, bool tokens)
{
    private readonly ConcurrentDictionary<string, int> _asked = new();
    private readonly ConcurrentQueue<(string Round, FaultKind Kind, string Request)> _met = new();

    /// <summary><c>VIADUCT_TEST_SEED</c>, else the time.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("VIADUCT_TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : unchecked((int)DateTime.UtcNow.Ticks);

    /// <summary>How often each fault was met.</summary>
    public IReadOnlyDictionary<FaultKind, int> Met => _met.CountBy(m => m.Kind).ToDictionary();

    /// <summary>What a round met, a line each.</summary>
    public IReadOnlyList<string> Of(string round) => [.. _met.Where(m => m.Round == round).Select(m => $"{m.Kind} {m.Request}")];

    public static Random Chance(int seed, string key) => new(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {key}"))));

    /// <param name="round">The first part of the repository's name: each round has its own share of faults, 1 to 20 of a hundred requests.</param>
    /// <param name="what">The request without what a registry chose by chance.</param>
    public (FaultKind Kind, Random Chance) Next(string round, string method, string what, bool isUpload)
    {
        var key = $"{method} {what}";
        var chance = Chance(seed, $"{key} {_asked.AddOrUpdate(key, 1, (_, count) => count + 1)}");
        if (chance.NextDouble() >= Share(round)) return (FaultKind.None, chance);
        var kinds = Possible(method, isUpload, tokens);
        if (IsMild(round)) kinds = [.. kinds.Where(kind => IsCurable(kind, what))];
        // A page in the place of the list of referrers is how registries answer that have no such list, and no digest tells whether it is whole.
        if (what.Contains("/referrers/", StringComparison.Ordinal)) kinds = [.. kinds.Except([FaultKind.Html, FaultKind.RedirectToHtml, FaultKind.FlippedAnswer])];
        var kind = kinds[chance.Next(kinds.Count)];
        _met.Enqueue((round, kind, key));
        return (kind, chance);
    }

    /// <summary>Half of the rounds meet nothing but what a client that asks again gets over.</summary>
    public bool IsMild(string round) => Chance(seed, $"mild {round}").Next(2) == 0;

    public static IReadOnlyList<FaultKind> Possible(string method, bool isUpload, bool tokens)
    {
        List<FaultKind> kinds =
        [
            FaultKind.Drop, FaultKind.DropAfter, FaultKind.Reset, FaultKind.Stall, FaultKind.TooMany, FaultKind.TooManyWithWait, FaultKind.TooManyForHours,
            FaultKind.ServerError, FaultKind.ServerErrorAfter, FaultKind.Html, FaultKind.RedirectLoop, FaultKind.GoAway, FaultKind.StreamReset, FaultKind.WrongDigestHeader,
        ];
        if (tokens) kinds.Add(FaultKind.ExpiredToken);
        if (method is "GET")
            kinds.AddRange([FaultKind.ResetMidway, FaultKind.StallMidway, FaultKind.Truncated, FaultKind.FlippedAnswer, FaultKind.WrongLength]);
        if (method is "GET" or "HEAD") kinds.AddRange([FaultKind.RedirectToStorage, FaultKind.RedirectToNothing, FaultKind.RedirectToHtml]);
        if (method is "PUT" or "PATCH") kinds.Add(FaultKind.FlippedRequest);
        if (method is "POST" && isUpload) kinds.Add(FaultKind.UploadElsewhere);
        return kinds;
    }

    /// <summary>Blobs are what registries redirect; a token's service is not followed elsewhere, and what is absent there is not absent here.</summary>
    private static bool IsCurable(FaultKind kind, string what) => kind is FaultKind.Drop or FaultKind.DropAfter or FaultKind.Reset or FaultKind.ResetMidway or FaultKind.TooMany
        or FaultKind.TooManyWithWait or FaultKind.ServerError or FaultKind.ServerErrorAfter or FaultKind.Truncated or FaultKind.ExpiredToken or FaultKind.GoAway or FaultKind.StreamReset
        || (kind is FaultKind.RedirectToStorage && what.Contains("/blobs/", StringComparison.Ordinal));

    private double Share(string round) => Chance(seed, round).Next(1, 21) / 100.0;
}
