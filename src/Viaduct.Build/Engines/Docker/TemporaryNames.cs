using System.Security.Cryptography;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>
/// Names that Viaduct gives images in an engine for as long as it works with them. Their registry is port 0 of the loopback: nobody can listen
/// there, no DNS is asked and no proxy, so an engine that looks for them there first (docker's containerd store does) is refused at once and takes
/// what it has. The word in the middle is this process's own: two at once never take each other's names away.
/// </summary>
internal sealed class TemporaryNames
{
    public const string Registry = "127.0.0.1:0";

    private readonly string _prefix = $"{Registry}/viaduct/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
    private int _builds;

    public Reference Base(Digest manifest) => Reference.Parse($"{_prefix}/base:{manifest.Hex[..Math.Min(64, manifest.Hex.Length)]}");

    /// <summary>A new one each time: what two builds made may be the same image.</summary>
    public Reference Build() => Reference.Parse($"{_prefix}/build:{Interlocked.Increment(ref _builds)}");
}
