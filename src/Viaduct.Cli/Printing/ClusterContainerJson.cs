using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Cli.Printing;

/// <summary>One container of a pod on a node.</summary>
internal static class ClusterContainerJson
{
    public static void Write(GoJsonWriter json, ContainerOutcome outcome)
    {
        var container = outcome.Container.Container;
        json.BeginObject()
            .Name("name").String(container.Name)
            .Name("role").String(Small(container.Role.ToString()))
            .Name("image").String(container.Image)
            .Name("where").String(container.Where)
            .Name("policy").String(outcome.Container.Policy.ToString())
            .Name("policyWhy").String(outcome.Container.PolicyWhy)
            .Name("verdict").String(outcome.Verdict.Word())
            .Name("phase").String(outcome.State.Phase)
            .Optional("reason", outcome.State.Reason)
            .Optional("message", outcome.State.Message);
        if (outcome.WasPresent is { } present) json.Name("present").Boolean(present);
        Credentials(json, outcome);
        if (outcome.Pull is { } pull)
            json.Name("pull").BeginObject()
                .Name("verdict").String(pull.Verdict.Word())
                .Optional("digest", pull.Selected?.Digest.ToString())
                .Optional("entryPlatform", pull.Selection?.Chosen?.Platform?.ToString())
                .Optional("imagePlatform", pull.ConfigPlatform?.ToString())
                .Optional("executable", pull.Executable)
                .Findings("findings", pull.Findings)
                .EndObject();
        json.Name("notes").Strings(outcome.Notes).EndObject();
    }

    private static void Credentials(GoJsonWriter json, ContainerOutcome outcome)
    {
        var found = outcome.Credentials;
        json.Name("credentials").BeginObject()
            .Optional("error", found.Error)
            .Optional("unknown", found.Unknown)
            .Name("missingSecrets").Strings(found.MissingSecrets)
            .Name("passedOver").Strings(found.Remarks)
            .Name("offered").BeginArray();
        foreach (var offered in found.Offered) Offered(json.BeginObject(), offered).EndObject();
        json.EndArray().Name("trials").BeginArray();
        foreach (var trial in outcome.Trials)
        {
            json.BeginObject();
            if (trial.Credential is { } credential) Offered(json, credential);
            json.Optional("error", trial.Error).Optional("unknown", trial.Unknown).EndObject();
        }
        json.EndArray().EndObject();
    }

    private static GoJsonWriter Offered(GoJsonWriter json, OfferedCredential offered) =>
        json.Name("origin").String(Small(offered.Origin.ToString())).Name("source").String(offered.Source).Name("key").String(offered.Key);

    private static string Small(string word) => char.ToLowerInvariant(word[0]) + word[1..];
}
