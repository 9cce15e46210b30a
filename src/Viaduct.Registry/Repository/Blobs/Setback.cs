using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>Why a blob, or a part of one, did not get there.</summary>
/// <param name="Failure">What is told if nothing more is tried.</param>
/// <param name="Status">Zero when no answer came.</param>
/// <param name="Pause">Before anything more is tried.</param>
/// <param name="IsOfSource">True when it could not be read: what was not sent to its end cannot be there.</param>
internal sealed record Setback(Exception Failure, int Status, Pause Pause, bool IsOfSource = false)
{
    /// <summary>
    /// 404, or 400 with a word for it: the session is gone, with its replica or because the commit before this one succeeded (ghcr.io);
    /// 416: it is out of step. No answer at all counts as well. A wait that is too long to be waited is not shortened.
    /// </summary>
    public bool IsLost => Failure is RegistryException { RetryAfter: { } wait } && wait > RetryPolicy.LongestWait ? false
        : Status is 0 or 404 or 416 || RetryPolicy.IsTransient(Status)
        || Failure is RegistryException { Status: 400, SaidCode: "BLOB_UPLOAD_UNKNOWN" or "BLOB_UPLOAD_INVALID" };

    /// <summary>True when no commit can be under way, and what came of the upload may lie there still: it is worth being given up by word.</summary>
    public bool LeavesSession => IsOfSource || (Status is >= 400 and < 500 and not (404 or 408 or 499) && Failure is not RegistryException { Kind: FailureKind.Mismatch });

    public static async Task<Setback> OfAsync(Answer answer, RegistryConnection connection, int attempt, CancellationToken cancellationToken)
    {
        var pause = connection.Retry.After(answer, attempt);
        return new Setback(await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false), answer.Status, pause);
    }

    public static Setback Of(TransportException e, int attempt) => new(e.After(attempt), 0, RetryPolicy.After(attempt));

    public static Setback Of(SourceException e, int attempt) => new(e.InnerException!, 0, RetryPolicy.After(attempt), IsOfSource: true);
}
