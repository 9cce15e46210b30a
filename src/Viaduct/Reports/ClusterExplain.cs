using System.Text;
using Viaduct.Simulation;

namespace Viaduct.Reports;

/// <summary>Pods as <c>kubectl describe pod</c> would show them some minutes after they came to a node, and how it was decided.</summary>
public static class ClusterExplain
{
    private static readonly (string Head, ContainerRole[] Roles)[] Sections =
    [
        ("Image Volumes", [ContainerRole.ImageVolume]),
        ("Init Containers", [ContainerRole.Init, ContainerRole.Sidecar]),
        ("Containers", [ContainerRole.App]),
        ("Ephemeral Containers", [ContainerRole.Ephemeral]),
    ];

    public static string Render(IReadOnlyList<ClusterAnswer> answers)
    {
        var text = new StringBuilder();
        foreach (var answer in answers)
        {
            if (text.Length > 0) text.Append('\n');
            One(text, answer);
        }
        return text.ToString();
    }

    private static void One(StringBuilder text, ClusterAnswer answer)
    {
        Pair(text, "", "Name:", answer.Pod.Kind == "Pod" ? answer.Pod.Name : $"{answer.Pod.Name} ({answer.Pod.Kind}, {answer.Pod.Where})");
        Pair(text, "", "Namespace:", answer.Pod.Namespace);
        Pair(text, "", "Node:", answer.Alike == 0 ? answer.Node : $"{answer.Node} (and {answer.Alike} like it)");
        if (answer.Cell.Landing is { Why.Length: > 0 } landing) Pair(text, "", "Scheduling:", $"{(landing.Verdict == Verdict.Unknown ? "not known: " : "")}{landing.Why}");
        if (answer.Cell.Outcome is not { } outcome)
        {
            if (answer.Group.Nowhere is { } nowhere) Pair(text, "", "Nowhere:", nowhere.Text);
            else if (answer.Cell.Landing.Verdict != Verdict.Unknown) text.Append("No such pod comes to this node.\n");
            if (answer.Group.Events.Count > 0) text.Append(ClusterEvents.Render(answer.Group.Events));
            return;
        }
        if (outcome.Pod.Identity.ServiceAccount is { } account) Pair(text, "", "Service Account:", account.Name);
        if (outcome.Pod.Refusal is { } refusal)
        {
            Pair(text, "", "Refused:", refusal);
            return;
        }
        foreach (var (head, roles) in Sections)
            if (outcome.Containers.Where(c => roles.Contains(c.Container.Container.Role)).ToList() is { Count: > 0 } containers)
            {
                text.Append(head).Append(":\n");
                foreach (var container in containers) State(text, container);
            }
        text.Append(ClusterEvents.Render(outcome.Events)).Append('\n');
        ClusterDecision.Write(text, outcome, answer.Node);
    }

    /// <summary>kubectl, pkg/describe, describeContainers and describeStatus; of a waiting container <c>kubectl get -o yaml</c> has the message, too.</summary>
    private static void State(StringBuilder text, ContainerOutcome container)
    {
        text.Append("  ").Append(TextTable.Plain(container.Container.Container.Name)).Append(":\n");
        Pair(text, "    ", "Image:", container.Container.Container.Image);
        Pair(text, "    ", "State:", container.State.Phase.Length == 0 ? "" : char.ToUpperInvariant(container.State.Phase[0]) + container.State.Phase[1..]);
        if (container.State.Reason is { } reason) Pair(text, "      ", "Reason:", reason);
        if (container.State.Message is { } message) Pair(text, "      ", "Message:", message);
    }

    private static void Pair(StringBuilder text, string indent, string name, string value) => text.Append(indent).Append(name.PadRight(17 - Math.Min(indent.Length, 2))).Append(TextTable.Plain(value)).Append('\n');
}
