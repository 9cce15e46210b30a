namespace Viaduct.Server;

/// <summary>A registry of the field: who may come in and in what it differs from the book.</summary>
/// <param name="Name">As after <c>--as</c>.</param>
/// <param name="Account">The account there is when none is named.</param>
/// <param name="Rules">The outermost first.</param>
internal sealed record Personality(string Name, TestAccount Account, Func<Stage, IEnumerable<IRule>> Rules)
{
    public bool AnonymousPull { get; init; }

    /// <summary>The one user name there is; null for any.</summary>
    public string? OnlyUser { get; init; }

    /// <summary>Whether a password opens under any name.</summary>
    public bool AnyUser { get; init; }

    public IReadOnlyList<Setting> Settings { get; init; } = [];
}
