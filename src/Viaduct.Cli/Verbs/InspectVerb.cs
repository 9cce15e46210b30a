using System.CommandLine;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Sessions;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct inspect</c>: what a name holds, as a tree.</summary>
internal static class InspectVerb
{
    public static Command Make(Caller caller)
    {
        var reference = new Argument<string>("REF") { Description = "A reference, or oci:DIR[:NAME] for an OCI layout." };
        var registries = new RegistryOptionsGroup();
        var raw = new Option<bool>("--raw") { Description = "Print the manifest's exact bytes." };
        var output = CommonOptions.Output();
        var verb = new Verb("inspect", "Show a list or image: platforms, configs, layers, sizes, digests.",
            "viaduct inspect registry.example/pause:3.10", "viaduct inspect oci:out:pause:3.10 --output json", "viaduct inspect registry.example/pause:3.10 --raw | sha256sum")
            { reference, raw, output };
        registries.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            await using var image = await ImageSession.OpenAsync(parse.GetRequiredValue(reference), registries, parse, caller, token).ConfigureAwait(false);
            if (parse.GetValue(raw))
            {
                caller.Write(image.Manifest.Bytes.Span);
                return ExitCode.Done;
            }
            var tree = await ImageTree.LoadAsync(image.Source, image.Manifest, null, token).ConfigureAwait(false);
            if (CommonOptions.IsJson(parse, output))
                caller.Write(ImageTreeJson.Write(image.Name, tree));
            else
                caller.Text.Write(ImageTreeText.Render(image.Name, tree));
            return ExitCode.Done;
        });
    }
}
