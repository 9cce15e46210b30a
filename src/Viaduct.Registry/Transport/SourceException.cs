using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Viaduct.Registry;

/// <summary>
/// What was to be sent could not be read. No failure of the registry it was for, even when it came from another registry:
/// not all has been sent there, and trying there again helps only with the source opened anew.
/// </summary>
internal sealed class SourceException(Exception cause, bool opened) : Exception(cause.Message, cause)
{
    /// <summary>Set when a source broke off while it was read. One that could not be opened has been tried often enough by its own client.</summary>
    private readonly TransportException? _broken = opened ? cause as TransportException : null;

    public bool IsWorthReopening(int attempts) => attempts < _broken?.Tries;

    /// <summary>Throws what the source said, which names the source.</summary>
    [DoesNotReturn]
    public void ThrowCause(int attempts) => ExceptionDispatchInfo.Throw(_broken?.After(attempts) ?? InnerException!);
}
