using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>Holds the causes of a message to what a simulation of the cluster predicts for its image.</summary>
public static class CausesAgainstCluster
{
    private const int MostNotes = 12;

    /// <returns>With the causes that fit, and in its notes what the simulation says; with all of them where none fits.</returns>
    public static Diagnosis Narrow(Diagnosis diagnosis, ClusterReport report)
    {
        var seen = Seen(diagnosis, report);
        if (seen.Count == 0) return Noted(diagnosis, diagnosis.Causes, "The files have no container of this image that comes to one of the nodes.");
        var predicted = seen.SelectMany(Predicted).ToList();
        var isWell = seen.All(o => o.Verdict == Verdict.Ok);
        var kept = diagnosis.Causes.Where(c => Fits(c.Cause, seen) && (isWell ? !c.Cause.Fit.HasFlag(CauseFit.Foreseen) : IsAmong(c.Cause, predicted))).ToList();
        string said = isWell ? "The files predict that this image is pulled and runs wherever it comes to: the cause is something that they do not hold."
            : predicted.Count == 0 ? "What the registry says is not known: only what the files say of logins was looked at."
            : $"The files predict: {string.Join("; ", predicted.Select(p => p.Symptom.Meaning).Distinct())}";
        if (kept.Count == 0) return Noted(diagnosis, diagnosis.Causes, said, "None of the causes fits that; all of them are shown.");
        return Noted(diagnosis, kept, [said, .. seen.SelectMany(o => o.Credentials.Remarks.Concat(o.Notes)).Distinct()]);
    }

    private static List<ContainerOutcome> Seen(Diagnosis diagnosis, ClusterReport report)
    {
        var reference = diagnosis.Facts.Reference;
        return [.. report.PodGroups.SelectMany(g => g.Cells).Where(c => c.Outcome is not null).SelectMany(c => c.Outcome!.Containers).Where(o => IsOf(o.Container.Container.Image))];

        bool IsOf(string image) => diagnosis.Facts.Image is null || image == diagnosis.Facts.Image
            || (reference is not null && Reference.TryParse(image, out var other) && (other.Name, other.TagOrDigest) == (reference.Name, reference.TagOrDigest));
    }

    private static IEnumerable<Diagnosis> Predicted(ContainerOutcome outcome) =>
        outcome.Trials.Select(t => t.Error).Append(outcome.State.Message).Concat(outcome.Events.Where(e => e.Type == "Warning").Select(e => e.Message))
            .OfType<string>().SelectMany(MessageReader.Read).Where(d => !d.Symptom.IsVague);

    private static bool IsAmong(Cause cause, List<Diagnosis> predicted) => predicted.Count == 0 || predicted.Any(p => p.Symptom.Causes.Contains(cause));

    /// <summary>Whether a login is shown is known where a pull is tried.</summary>
    private static bool Fits(Cause cause, List<ContainerOutcome> seen)
    {
        var trials = seen.SelectMany(o => o.Trials).ToList();
        if (trials.Count == 0) return true;
        return !(cause.Fit.HasFlag(CauseFit.WithLogin) && trials.All(t => t.Credential is null))
            && !(cause.Fit.HasFlag(CauseFit.WithoutLogin) && trials.All(t => t.Credential is not null));
    }

    private static Diagnosis Noted(Diagnosis diagnosis, IReadOnlyList<LikelyCause> causes, params IEnumerable<string> notes) =>
        diagnosis with { Causes = causes, Notes = [.. diagnosis.Notes.Concat(notes).Take(MostNotes)] };
}
