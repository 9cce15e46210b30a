using System.Runtime.CompilerServices;

namespace Viaduct.Simulation;

/// <summary>The very same secrets in the very same order.</summary>
internal readonly struct SecretSet(IReadOnlyList<PullSecret> secrets) : IEquatable<SecretSet>
{
    public IReadOnlyList<PullSecret> Secrets { get; } = secrets;

    public bool Equals(SecretSet other)
    {
        if (Secrets.Count != other.Secrets.Count) return false;
        for (var i = 0; i < Secrets.Count; i++)
            if (!ReferenceEquals(Secrets[i], other.Secrets[i]))
                return false;
        return true;
    }

    public override bool Equals(object? obj) => obj is SecretSet other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var secret in Secrets)
            hash.Add(RuntimeHelpers.GetHashCode(secret));
        return hash.ToHashCode();
    }
}
