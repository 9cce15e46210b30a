namespace Viaduct.Acceptance.Tests.Faults;

/// <summary>What can go wrong between a client and a registry.</summary>
internal enum FaultKind
{
    None,

    /// <summary>The connection ends before the request got anywhere.</summary>
    Drop,

    /// <summary>The registry did what it was asked, and the connection ends before it said so.</summary>
    DropAfter,

    Reset,

    /// <summary>RST while the answer's body is on its way.</summary>
    ResetMidway,

    /// <summary>No answer, ever.</summary>
    Stall,

    /// <summary>Half an answer, and then nothing, ever.</summary>
    StallMidway,

    TooMany,
    TooManyWithWait,

    /// <summary>Docker Hub's window: longer than anybody waits.</summary>
    TooManyForHours,

    ServerError,

    /// <summary>A gateway that did not wait for a registry that did what it was asked.</summary>
    ServerErrorAfter,

    /// <summary>Fewer bytes than were promised.</summary>
    Truncated,

    FlippedAnswer,
    FlippedRequest,
    WrongDigestHeader,

    /// <summary>One byte more or less than there are, and no contradiction in the answer.</summary>
    WrongLength,

    /// <summary>A page for people, with status 200.</summary>
    Html,

    /// <summary>To another port, which has the bytes.</summary>
    RedirectToStorage,

    /// <summary>To another port, which says that there is no such thing.</summary>
    RedirectToNothing,

    /// <summary>To another port, which has a page for people.</summary>
    RedirectToHtml,

    /// <summary>An upload that is to go on elsewhere, where it is taken and thrown away.</summary>
    UploadElsewhere,

    RedirectLoop,
    ExpiredToken,

    /// <summary>The connection ends after this answer: GOAWAY, or Connection: close.</summary>
    GoAway,

    /// <summary>RST_STREAM of HTTP/2; elsewhere the end of the connection.</summary>
    StreamReset,
}
