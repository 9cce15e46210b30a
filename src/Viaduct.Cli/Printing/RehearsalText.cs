using Viaduct.Server;

namespace Viaduct.Cli.Printing;

/// <summary>What a rehearsal says when it begins and when it ends.</summary>
internal static class RehearsalText
{
    /// <param name="areGiven">The accounts were named on the command line: their passwords are not repeated.</param>
    public static void WriteStart(TextWriter text, Rehearsal rehearsal, bool areGiven)
    {
        text.WriteLine($"plays {rehearsal.Name}, {(rehearsal.AllowsAnonymousPull ? "pulls need no account" : "pulls need an account")}");
        foreach (var account in rehearsal.Accounts) text.WriteLine($"account {account.Name}{(areGiven ? "" : $", password {account.Password}")}");
    }

    public static void WriteEnd(TextWriter text, RehearsalReport report)
    {
        text.WriteLine($"This would have cost {Times(report.Count, "request")}{Quota(report)} at {report.Name}: {report.Received} bytes up, {report.Sent} bytes down.");
        foreach (var requests in report.Requests) text.WriteLine($"  {requests.Kind,-9} {requests.Method,-6} {requests.Count,6}");
        if (report.Challenges > 0) text.WriteLine($"{Times(report.Challenges, "request")} came without an account and learned how to show one.");
        foreach (var refusal in report.Refusals) text.WriteLine($"refused by {refusal.Rule}: {Times(refusal.Count, "request")} with status {refusal.Status}");
    }

    private static string Quota(RehearsalReport report) =>
        report.PullLimit is not { } limit ? ""
        : report.Pulls.Count == 0 ? $", 0 of {limit} pulls"
        : ", " + string.Join(", ", report.Pulls.Select(p => $"{p.Pulls} of {limit} pulls ({p.Account})"));

    private static string Times(long count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
