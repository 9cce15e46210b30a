using Viaduct.Simulation;

namespace Viaduct.Reports;

/// <summary>What reports call the parts of a cluster and what becomes of them.</summary>
public static class ClusterWords
{
    /// <summary>Where pods cannot come.</summary>
    public const string Apart = "-";

    private const int MaxWord = 32;

    /// <summary>A word for the STATUS that <c>kubectl get pods</c> would show, else the verdict (kubectl, pkg/printers, printPod: an init container's reason has <c>Init:</c> before it).</summary>
    public static string Of(ClusterCell cell)
    {
        if (cell.Outcome is not { } outcome) return cell.Landing.Verdict == Verdict.Unknown ? Verdict.Unknown.Word() : Apart;
        if (outcome.Verdict != Verdict.Failure) return outcome.Verdict.Word();
        // It would be so, if pods came there.
        return Failing(outcome) + (cell.Landing.Verdict == Verdict.Unknown ? "?" : "");
    }

    private static string Failing(PodOutcome outcome)
    {
        if (outcome.Pod.Refusal is not null) return "refused";
        // kubelet does not let it in: kubectl shows the reason of the pod's status.
        if (outcome.Containers.Count == 0) return outcome.Events.LastOrDefault(e => e.Type == "Warning")?.Reason ?? Verdict.Failure.Word();
        return Deciding(outcome) is { State.Reason: { Length: > 0 and <= MaxWord } reason } container && reason.All(char.IsAsciiLetterOrDigit)
            ? IsInit(container) ? $"Init:{reason}" : reason
            : Verdict.Failure.Word();
    }

    /// <summary>Null where pods cannot come: nothing happens there.</summary>
    public static Verdict? VerdictOf(ClusterCell cell) =>
        cell.Outcome is not null ? cell.Verdict : cell.Landing.Verdict == Verdict.Unknown ? Verdict.Unknown : null;

    /// <summary>Whether pods come to none of the nodes.</summary>
    public static bool IsPending(PodGroup pods) => pods.Nowhere is not null || pods.Cells.All(c => VerdictOf(c) is null);

    /// <summary>The containers that make the outcome what it is; those that only wait for others are left out.</summary>
    public static IEnumerable<ContainerOutcome> Decisive(PodOutcome outcome)
    {
        var bad = outcome.Containers.Where(c => c.Verdict != Verdict.Ok).ToList();
        var own = bad.Where(c => c.State.Reason is not ("PodInitializing" or "ContainerCreating")).ToList();
        return own.Count > 0 ? own : bad;
    }

    /// <summary>The sentence that tells what went wrong: the first warning that is more than a repetition of the state, else the state's own.</summary>
    public static string MessageOf(ContainerOutcome container) =>
        container.Events.FirstOrDefault(e => e.Type == "Warning" && !e.Message.StartsWith("Error: ", StringComparison.Ordinal))?.Message
        ?? container.State.Message
        ?? container.Credentials.Error
        ?? container.Trials.Select(t => t.Error ?? t.Unknown).LastOrDefault(t => t is not null)
        ?? container.Credentials.Unknown
        ?? "";

    private static ContainerOutcome? Deciding(PodOutcome outcome) => Decisive(outcome).Where(c => c.Verdict == Verdict.Failure).FirstOrDefault();

    private static bool IsInit(ContainerOutcome container) => container.Container.Container.Role is ContainerRole.Init or ContainerRole.Sidecar;
}
