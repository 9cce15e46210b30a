using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>The instructions that change nothing but the config.</summary>
internal static class ConfigSteps
{
    private static readonly IReadOnlyList<string> DefaultShell = ["/bin/sh", "-c"];

    public static void Apply(Step step, StageImage image)
    {
        var config = image.Container;
        switch (step.Instruction.Name)
        {
            case "ENV":
                foreach (var (key, value) in step.Pairs) config = config with { Env = Environments.With(config.Env, key.Text, value.Text) };
                break;
            case "LABEL":
                var labels = config.Labels.ToDictionary();
                foreach (var (key, value) in step.Pairs) labels[key.Text] = value.Text;
                config = config with { Labels = labels };
                break;
            case "USER":
                config = config with { User = step.Words[0].Text };
                break;
            case "CMD":
                config = config with { Cmd = Command(step, config) };
                image.HasOwnCmd = true;
                break;
            case "ENTRYPOINT":
                config = config with { Entrypoint = Command(step, config), Cmd = image.HasOwnCmd ? config.Cmd : [] };
                break;
            case "EXPOSE":
                var ports = step.Words.SelectMany(w => PortSpec.Parse(w.Text)
                    ?? throw BuildErrors.BadValue(w.Word, $"'{w.Text}' is not a port", "Write a port or a range from 0 to 65535, with /tcp, /udp or /sctp behind it."));
                config = config with { ExposedPorts = [.. config.ExposedPorts.Union(ports).Order(StringComparer.Ordinal)] };
                break;
        }
        image.Container = config;
    }

    private static IReadOnlyList<string> Command(Step step, ContainerConfig config)
    {
        IReadOnlyList<string> words = [.. step.Words.Select(w => w.Text)];
        return step.Instruction is CommandInstruction { Shell: true }
            ? [.. config.Shell.Count > 0 ? config.Shell : DefaultShell, .. words]
            : words;
    }
}
