namespace Viaduct.Simulation;

internal sealed record DescribedRepository(string Name)
{
    /// <summary>Whether everybody may pull.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Names of users; null for all that there are.</summary>
    public IReadOnlySet<string>? Allowed { get; init; }

    /// <summary>What it says to all that are let in; null for what is right.</summary>
    public int? Status { get; init; }

    /// <summary>By tag and by digest.</summary>
    public IReadOnlyDictionary<string, DescribedImage> Images { get; init; } = new Dictionary<string, DescribedImage>();

    public bool Allows(DescribedUser? user) => IsPublic || (user is not null && Allowed?.Contains(user.Name) != false);
}
