using System.Text;

namespace Viaduct.Benchmarks.Peers;

/// <summary>What a token allows. The token says it itself: nobody here lies.</summary>
internal sealed class Scopes(IReadOnlyList<string[]> all)
{
    private const string Scheme = "Bearer ";

    /// <param name="scopes">As they were asked for, a blank between them.</param>
    public static string TokenFor(string scopes) => Convert.ToHexString(Encoding.UTF8.GetBytes(scopes + " "));

    /// <summary>Those of an Authorization header; null without a token.</summary>
    public static Scopes? Of(string? header) => header?.StartsWith(Scheme, StringComparison.Ordinal) != true ? null
        : new([.. Encoding.UTF8.GetString(Convert.FromHexString(header[Scheme.Length..])).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split(':'))]);

    /// <summary>Whether <c>repository:NAME:pull,push</c> is among them, each of its actions.</summary>
    public bool Allows(string scope) => scope.Split(':') is [var type, var name, var actions]
        && actions.Split(',').All(action => all.Any(s => s is [var t, var n, var a] && t == type && n == name && (a == "*" || a.Split(',').Contains(action))));
}
