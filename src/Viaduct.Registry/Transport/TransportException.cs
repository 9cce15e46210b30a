using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>No whole answer came. <see cref="Tries"/> says how often it is worth asking.</summary>
internal sealed class TransportException(string code, string what, string where, string? todo, int tries, Exception? inner)
    : ViaductException(code, what, where, todo, ExitCode.Unreachable, inner)
{
    public int Tries => tries;

    public TransportException After(int attempts) =>
        attempts < 2 ? this : new TransportException(Code, $"{Message} (tried {attempts} times)", Where!, Todo, tries, InnerException);
}
