namespace Viaduct.Simulation;

/// <summary>All messages that are known.</summary>
public static class Symptoms
{
    /// <summary>The first that is in a message counts: what says more stands before what says less.</summary>
    public static readonly IReadOnlyList<Symptom> All =
        [.. NodeSymptoms.All, .. StartSymptoms.All, .. PlatformSymptoms.All, .. NetworkSymptoms.All, .. AccessSymptoms.All, .. AbsenceSymptoms.All, .. VagueSymptoms.All];

    /// <summary>Each once.</summary>
    public static IReadOnlyList<Cause> Causes { get; } = [.. All.SelectMany(s => s.Causes).Distinct()];
}
