using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>A name and a password that open a rehearsal; never anything that opens something else.</summary>
public sealed record TestAccount(string Name, string Password)
{
    /// <summary><c>NAME:PASSWORD</c>; the name ends at the first colon (RFC 7617).</summary>
    /// <exception cref="ViaductException">VIA4007.</exception>
    public static TestAccount Parse(string text)
    {
        var colon = text.IndexOf(':');
        return colon <= 0 ? throw RehearsalErrors.Account("there is no name with a colon behind it")
            : colon == text.Length - 1 ? throw RehearsalErrors.Account("the password is missing")
            : new TestAccount(text[..colon], text[(colon + 1)..]);
    }
}
