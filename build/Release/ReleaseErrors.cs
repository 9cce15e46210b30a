using Viaduct.Oci;

namespace Build.Release;

/// <summary>The failures of releases: VIA800x. None repeats what GitHub was sent.</summary>
internal static class ReleaseErrors
{
    public static ViaductException NotSaid(string what, string todo) => new("VIA8000", $"it is not known {what}", todo: todo, exit: ExitCode.Usage);

    public static ViaductException BadAddress(string what, string text, string todo) => new("VIA8001", $"{what} '{text}' cannot be used", todo: todo, exit: ExitCode.Usage);

    public static ViaductException Denied(string where, string said) =>
        new("VIA8002", $"GitHub does not allow it: {said}", where, "Give the token 'contents: write' and 'statuses: write', for a pull request 'pull-requests: write', for stale bases 'issues: write'.", ExitCode.Denied);

    public static ViaductException Absent(string where) =>
        new("VIA8003", "GitHub has no such thing, or the token may not see it", where, "Look at GITHUB_REPOSITORY, and whether the commit has been pushed there.");

    public static ViaductException Unreachable(string where, string why) =>
        new("VIA8004", $"GitHub cannot be reached or fails: {why}", where, "Run it again: what was done is found and not done twice.", ExitCode.Unreachable);

    public static ViaductException Limited(string where, TimeSpan wait) =>
        new("VIA8005", $"GitHub's limit of requests is reached, and it asks to wait for {wait.TotalMinutes:0} minutes", where, "Run it again after that: what was done is found and not done twice.", ExitCode.Unreachable);

    public static ViaductException Refused(string where, string said) => new("VIA8006", $"GitHub refuses it: {said}", where);

    public static ViaductException OtherHost(string host) =>
        new("VIA8007", $"GitHub names the host '{host}' for an upload, which is not its own", todo: "The token was not sent there. Look at GITHUB_API_URL.");

    public static ViaductException Changed(string list) =>
        new("VIA8008", "the registry no longer has the list that the record names", list, "Push the set again, and release with its new record.");

    public static ViaductException Unproven(string where) =>
        new("VIA8009", "the record is of images that were not proven", where, "A node would get what it cannot run, or nothing was simulated; mend what the report says. Nothing was released.", ExitCode.VerificationFailed);
}
