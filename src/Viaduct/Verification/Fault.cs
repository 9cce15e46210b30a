using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>Something that is wrong with content, whoever pulls it.</summary>
/// <param name="About">The manifest or blob; null for the name itself.</param>
internal readonly record struct Fault(Finding Finding, Digest? About = null)
{
    public static Fault Missing(string text, Digest? about = null) => new(new(FindingKinds.ContentMissing, Verdict.Failure, text), about);

    public static Fault Unusable(string text, Digest? about = null) => new(new(FindingKinds.Unusable, Verdict.Failure, text), about);

    public static Fault Of(string what, ViaductException error, Digest? about = null) =>
        error.Kind == FailureKind.Absent ? Missing(what + error.Told(), about) : Unusable(what + error.Told(), about);

    /// <summary>Whether a node that pulls it says the same.</summary>
    public bool IsToldBy(SimulatedPull pull)
    {
        if (About is not { } digest) return false;
        var kind = Finding.Kind;
        return pull.Findings.Any(f => f.Kind == kind && (pull.Selected?.Digest == digest || f.Text.Contains(digest.ToString(), StringComparison.Ordinal)));
    }

    /// <summary>The finding as a sentence that stands alone.</summary>
    public Finding Of(Reference name) =>
        Finding.Text.StartsWith(name.ToString(), StringComparison.Ordinal) ? Finding : Finding with { Text = $"{name}: {Finding.Text}" };
}
