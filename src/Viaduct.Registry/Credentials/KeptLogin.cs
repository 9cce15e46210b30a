using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>Where a login is kept.</summary>
/// <param name="Place">The program of the helper, or the path of config.json.</param>
/// <param name="IsEncoded">True in the file, where everybody who can read it can read the secret: base64 hides nothing.</param>
public sealed record KeptLogin(string Place, bool IsEncoded)
{
    /// <summary>Why config.json, beside the helper that kept the login, could not be changed; what stood there in clear stands there still.</summary>
    public ViaductException? Trouble { get; init; }
}
