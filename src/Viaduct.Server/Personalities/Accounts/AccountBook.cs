using System.Security.Cryptography;
using System.Text;

namespace Viaduct.Server;

/// <summary>Who may come in.</summary>
internal sealed class AccountBook
{
    private readonly bool _anyUser;

    /// <exception cref="Oci.ViaductException">VIA4007.</exception>
    public AccountBook(Personality personality, IEnumerable<string> texts)
    {
        _anyUser = personality.AnyUser;
        All = [.. texts.Select(TestAccount.Parse)];
        if (All.Count == 0) All = [personality.Account];
        if (personality.OnlyUser is { } only && All.Any(a => a.Name != only)) throw RehearsalErrors.Account($"{personality.Name} has the user {only} alone");
    }

    public IReadOnlyList<TestAccount> All { get; }

    /// <summary>Whom <c>Authorization: Basic …</c> names; null for nobody who is known.</summary>
    public string? FindBasic(string? header)
    {
        const string scheme = "Basic ";
        if (header is null || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[scheme.Length..].Trim(), bytes, out var count)) return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, count).Split(':', 2);
        return pair.Length == 2 ? Find(pair[0], pair[1]) : null;
    }

    public string? Find(string name, string password) =>
        All.Any(a => (_anyUser || a.Name == name) && Same(a.Password, password)) ? name : null;

    /// <summary>A password stands for the identity token that a real service would have handed out for it.</summary>
    public string? FindToken(string refreshToken) => All.FirstOrDefault(a => Same(a.Password, refreshToken))?.Name;

    private static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
