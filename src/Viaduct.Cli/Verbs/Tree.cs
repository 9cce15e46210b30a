using System.CommandLine;
using System.CommandLine.Help;
using Viaduct.Cli.Help;
using Viaduct.Cli.Options;
using Viaduct.Cli.Terminal;

namespace Viaduct.Cli.Verbs;

/// <summary>The verbs and what all of them share.</summary>
internal static class Tree
{
    /// <param name="completes">True when a shell asks what may follow: only then are the words of <c>manifest</c> here, which has a parser of its own.</param>
    public static RootCommand Make(Caller caller, bool completes)
    {
        var root = new RootCommand("Builds every architecture of an image, joins them under one name, and proves that each node will pull the right one.")
        {
            BuildVerb.Make(caller),
            PushVerb.Make(caller),
            PlanVerb.Make(caller),
            MatrixVerb.Make(caller),
            CheckVerb.Make(caller),
            AssembleVerb.Make(caller),
            ManifestVerbTree.Make(caller, completes),
            SelectVerb.Make(caller),
            SimulateVerb.Make(caller),
            WhatIfVerb.Make(caller),
            WhyVerb.Make(caller),
            InspectVerb.Make(caller),
            LoadVerb.Make(caller),
            ExportVerb.Make(caller),
            CopyVerb.Make(caller),
            PromoteVerb.Make(caller),
            TagsVerb.Make(caller),
            ReferrersVerb.Make(caller),
            VerifyVerb.Make(caller),
            DeleteVerb.Make(caller),
            LoginVerb.Make(caller),
            LogoutVerb.Make(caller),
            RegistryVerb.Make(caller),
            VersionVerb.Make(caller),
            CompletionVerb.Make(caller),
            CommonOptions.Verbose,
        };
        root.HelpName = "viaduct";
        // The parser's own help option answers to /? and /h, which are paths here.
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Options.Add(new HelpOption("--help", "-h") { Description = "Show this help.", Action = new HelpWithExamples(new HelpAction()) });
        root.Options.OfType<VersionOption>().Single().Action = new VersionVerb.Line();
        return root;
    }
}
