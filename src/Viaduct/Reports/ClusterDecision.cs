using System.Text;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Reports;

/// <summary>How it was decided what becomes of each container: policy, presence, credentials without their values, what is selected.</summary>
internal static class ClusterDecision
{
    public static void Write(StringBuilder text, PodOutcome outcome, string node)
    {
        text.Append("How it was decided:\n");
        foreach (var remark in outcome.Pod.Remarks) Line(text, "admission", remark);
        foreach (var container in outcome.Containers) One(text, container, node);
    }

    private static void One(StringBuilder text, ContainerOutcome container, string node)
    {
        text.Append("  ").Append(TextTable.Plain(container.Container.Container.Name)).Append(": ").Append(TextTable.Plain(container.Verdict.Word())).Append('\n');
        Line(text, "policy", $"{container.Container.Policy} ({container.Container.PolicyWhy})");
        Line(text, "on the node", container.WasPresent switch { true => "yes", false => "no", _ => "not known" });
        Credentials(text, container);
        if (container.Pull is { } pull)
        {
            Line(text, "selected", Selected(pull));
            if (pull.Executable is { } executable) Line(text, "starts", executable);
            foreach (var finding in pull.Findings) Line(text, "finding", $"{FindingLines.Head(finding)} {FindingWords.Of(finding, pull.Node, node).Text}");
        }
        foreach (var note in container.Notes) Line(text, "note", note);
    }

    private static void Credentials(StringBuilder text, ContainerOutcome container)
    {
        var found = container.Credentials;
        if (found.Error is { } error) Line(text, "credentials", error);
        if (found.Unknown is { } unknown) Line(text, "credentials", $"not known: {unknown}");
        foreach (var (at, trial) in container.Trials.Index()) Line(text, at == 0 ? "tried" : "", $"{at + 1}. {trial.Credential?.ToString() ?? "without credentials"}: {Result(trial)}");
        var tried = container.Trials.Select(t => t.Credential).ToHashSet();
        foreach (var offered in found.Offered.Where(o => !tried.Contains(o))) Line(text, "not tried", offered.ToString());
        foreach (var missing in found.MissingSecrets) Line(text, "missing", $"secret {missing}");
        foreach (var remark in found.Remarks) Line(text, "passed over", remark);
    }

    private static string Result(CredentialTrial trial) => trial.Error ?? (trial.Unknown is { } unknown ? $"not known: {unknown}" : "pulled");

    private static string Selected(SimulatedPull pull)
    {
        if (pull.Selected is not { } image) return pull.Selection?.Error is { } error ? $"nothing: {error}" : "nothing";
        var entry = pull.Selection is { Path.Count: > 0 } selection ? $", entry {string.Join('.', selection.Path)} of the list" : "";
        var next = pull.Selection?.RunnerUp is { } runnerUp ? $"; next would be {runnerUp.Platform?.ToString() ?? runnerUp.Digest.Short}" : "";
        return $"{image.Digest.Algorithm}:{image.Digest.Short} for {(pull.Selection?.Chosen?.Platform ?? pull.ConfigPlatform)?.ToString() ?? "no platform"}{entry}{next}";
    }

    private static void Line(StringBuilder text, string head, string line) => text.Append("    ").Append(head.PadRight(13)).Append(TextTable.Plain(line)).Append('\n');
}
