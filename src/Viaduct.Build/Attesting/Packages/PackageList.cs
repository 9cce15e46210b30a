namespace Viaduct.Build.Attesting;

/// <summary>What a database holds, and how many of its records could not be read.</summary>
internal sealed record PackageList(IReadOnlyList<Package> Packages, int Unreadable);
