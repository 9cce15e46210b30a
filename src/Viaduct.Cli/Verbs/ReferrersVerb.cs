using System.CommandLine;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct referrers</c>: signatures, SBOMs and whatever else is about an image.</summary>
internal static class ReferrersVerb
{
    public static Verb Make(Caller caller)
    {
        var reference = new Argument<string>("REF") { Description = "A reference, oci:DIR[:NAME] for an OCI layout, or oci-archive:FILE[:NAME]." };
        var type = new Option<string?>("--type") { Description = "Only what is of this artifact type.", HelpName = "TYPE" };
        var registries = new RegistryOptionsGroup();
        var output = CommonOptions.Output();
        var verb = new Verb("referrers", "Show what is about an image or list: signatures, SBOMs, and what is about those.",
            "viaduct referrers registry.example/pause:3.10", "viaduct referrers registry.example/pause:3.10 --type application/spdx+json -o json") { reference, type, output };
        registries.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            await using var image = await ImageSession.OpenAsync(parse.GetRequiredValue(reference), registries, parse, caller, token).ConfigureAwait(false);
            var (root, entries, isCut) = await ReferrerTree.ReadAsync(image.Referrers, image.Manifest, parse.GetValue(type), token).ConfigureAwait(false);
            if (CommonOptions.IsJson(parse, output))
                caller.Write(ReferrerReport.Json(image.Name, root, entries));
            else
                caller.Text.Write(ReferrerReport.Text(image.Name, root, entries));
            if (isCut) caller.Error.WriteLine($"note: not all is shown: {ReferrerWalk.Bounds}");
            return ExitCode.Done;
        });
    }
}
