using System.CommandLine;
using Viaduct.Attestations;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct verify</c>: provenance, SBOMs and signatures, shown and held to what they are about.</summary>
internal static class VerifyVerb
{
    private static readonly ClaimKind[] Kinds = [ClaimKind.Provenance, ClaimKind.Sbom, ClaimKind.Signature];

    public static Verb Make(Caller caller)
    {
        var reference = new Argument<string>("REF") { Description = "A reference, oci:DIR[:NAME] for an OCI layout, or oci-archive:FILE[:NAME]." };
        var key = new Option<string?>("--key") { Description = "Check signatures with this public key (PEM; ECDSA or RSA), and take nothing that it does not stand for.", HelpName = "FILE" };
        var platforms = CommonOptions.Platforms("Look at the images of these platforms only; repeat it or part them by commas.");
        var require = new Option<string[]>("--require") { Description = "Fail when an image has none of these: provenance, sbom, signature; repeat it or part them by commas.", HelpName = "KIND,…" };
        var show = new Option<string?>("--show") { Description = "Print the provenance or the SBOM itself, as it is there.", HelpName = "provenance|sbom" };
        show.AcceptOnlyFromAmong("provenance", "sbom");
        var registries = new RegistryOptionsGroup();
        var output = CommonOptions.Output();
        var verb = new Verb("verify", "Show and check the provenance, SBOMs and signatures of an image or list.",
            "viaduct verify registry.example/pause:3.10", "viaduct verify registry.example/pause:3.10 --key cosign.pub --require provenance,sbom",
            "viaduct verify registry.example/pause:3.10 --platform linux/arm64 --show sbom > sbom.spdx.json") { reference, key, platforms, require, show, output };
        registries.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            if (parse.GetValue(show) is not null && CommonOptions.IsJson(parse, output)) throw CliErrors.Usage("--show prints a statement as it is, and --output json a report", "Leave out one of them.");
            using var with = parse.GetValue(key) is { } file ? await KeyAsync(file, caller, token).ConfigureAwait(false) : null;
            var options = new ReviewOptions
            {
                Key = with,
                Platforms = Inputs.Platforms(parse.GetValue(platforms) ?? [], platforms.Name),
                Required = [.. (parse.GetValue(require) ?? []).SelectMany(words => words.Split(',')).Select(Kind).Distinct()],
                Keep = parse.GetValue(show) is { } word ? Kind(word) : null,
            };
            await using var image = await ImageSession.OpenAsync(parse.GetRequiredValue(reference), registries, parse, caller, token).ConfigureAwait(false);
            foreach (var platform in options.Platforms) await image.ChooseAsync(platform, token).ConfigureAwait(false);
            var review = await new Reviewer(image.CopySource, options).ReviewAsync(image.Manifest, token).ConfigureAwait(false);
            if (options.Keep is { } kept) Show(kept, review, image.Name, caller);
            else if (CommonOptions.IsJson(parse, output)) caller.Write(ReviewReport.Json(image.Name, review, with));
            else caller.Text.Write(ReviewReport.Text(image.Name, review));
            return review.Verdict == Verdict.Failure ? ExitCode.VerificationFailed : ExitCode.Done;
        });
    }

    private static ClaimKind Kind(string word) => Kinds.Where(k => k.Word() == word).Select(k => (ClaimKind?)k).FirstOrDefault()
        ?? throw CliErrors.Usage($"--require: '{Viaduct.Yaml.YamlErrors.Shown(word, 60)}' is nothing that can be demanded", $"It takes {string.Join(", ", Kinds.Select(k => k.Word()))}.");

    private static async Task<SignatureKey> KeyAsync(string given, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileInfo(Path.GetFullPath(given, caller.Folder));
            if (file.Length > SignatureKey.MaxFile) throw VerifyErrors.NoKey(given, "it is too large");
            return SignatureKey.Parse(await File.ReadAllTextAsync(file.FullName, cancellationToken).ConfigureAwait(false), given);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw VerifyErrors.NoKey(given, e is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : "the system refuses it");
        }
    }

    /// <summary>What is wrong goes to standard error: the statement may go to a file.</summary>
    private static void Show(ClaimKind kind, Review review, string name, Caller caller)
    {
        foreach (var line in ReviewReport.Lines(review)) caller.Error.WriteLine(line);
        var found = review.All.SelectMany(m => m.Claims.Where(c => c.Kind == kind && c.IsSound && !c.Predicate.IsEmpty).Select(c => (m.Label, Claim: c))).ToList();
        if (found.Count == 0) throw VerifyErrors.Nothing(name, kind.Word());
        if (found.Count > 1) throw VerifyErrors.Several(name, kind.Word(), [.. found.Select(f => f.Label).Distinct()]);
        caller.Write([.. found[0].Claim.Predicate.Span, (byte)'\n']);
    }
}
