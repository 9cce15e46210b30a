using System.Security.Cryptography;
using Viaduct.Oci;

namespace Viaduct.Server;

internal static class DigestExtensions
{
    public static HashAlgorithmName HashAlgorithm(this Digest digest) =>
        digest.Algorithm == "sha256" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512;
}
