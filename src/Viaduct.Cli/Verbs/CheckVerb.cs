using System.CommandLine;
using Viaduct.Checking;
using Viaduct.Cli.Options;
using Viaduct.Cli.Printing;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;

namespace Viaduct.Cli.Verbs;

/// <summary><c>viaduct check</c>: BuildKit's build checks of the set's Dockerfiles.</summary>
internal static class CheckVerb
{
    public static Command Make(Caller caller)
    {
        var images = new Argument<string[]>("IMAGE") { Description = "Images to look at; all by default.", Arity = ArgumentArity.ZeroOrMore };
        var set = new SetOptions();
        var output = CommonOptions.Output();
        var verb = new Verb("check", "Look at the Dockerfiles of the set with the build checks of 'docker build --check'. Builds nothing; exits with 3 when one fails.",
            "viaduct check", "viaduct check pause --output json", "viaduct check && viaduct push") { images, output };
        set.AddTo(verb);
        return verb.Does(caller, async (parse, token) =>
        {
            var read = set.Read(parse, caller);
            using var client = set.Registries.Client(parse, caller);
            var checks = await new SetChecker(read, client).CheckAsync(parse.GetValue(images) ?? [], token).ConfigureAwait(false);
            if (CommonOptions.IsJson(parse, output))
                caller.Write(CheckReport.ToJson(checks));
            else
                caller.Text.Write(CheckReport.ToText(checks));
            return checks.Any(c => c.Violations.Count > 0) ? ExitCode.CheckFound : ExitCode.Done;
        });
    }
}
