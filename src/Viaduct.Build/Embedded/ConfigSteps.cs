using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>The instructions that change nothing but the config.</summary>
internal static class ConfigSteps
{
    private static readonly IReadOnlyList<string> DefaultShell = ["/bin/sh", "-c"];

    public static void Apply(Step step, StageImage image)
    {
        switch (step.Instruction.Name)
        {
            case "ENV":
                foreach (var (key, value) in step.Pairs) image.Lists.Environment.Set(key.Text, value.Text);
                break;
            case "LABEL":
                foreach (var (key, value) in step.Pairs) image.Lists.Labels[key.Text] = value.Text;
                break;
            case "USER":
                image.Container = image.Container with { User = step.Words[0].Text };
                break;
            case "CMD":
                image.Container = image.Container with { Cmd = Command(step, image.Container) };
                image.HasOwnCmd = true;
                break;
            case "ENTRYPOINT":
                image.Container = image.Container with { Entrypoint = Command(step, image.Container), Cmd = image.HasOwnCmd ? image.Container.Cmd : [] };
                break;
            case "SHELL":
                image.Container = image.Container with { Shell = [.. step.Words.Select(w => w.Text)] };
                break;
            case "STOPSIGNAL":
                var signal = step.Words[0];
                image.Container = image.Container with
                {
                    StopSignal = StopSignal.IsKnown(signal.Text) ? signal.Text
                        : throw BuildErrors.BadValue(signal.Word, $"'{signal.Text}' is not a signal of Linux", "Write its name, for example SIGTERM, or its number from 1 to 64."),
                };
                break;
            case "VOLUME":
                foreach (var path in step.Words)
                    image.Lists.Volumes.Add(path.Text.Length > 0 ? path.Text : throw BuildErrors.BadValue(path.Word, "VOLUME has an empty path", "Write the path of a folder."));
                break;
            case "HEALTHCHECK":
                image.Container = image.Container with { Healthcheck = ((HealthcheckInstruction)step.Instruction).Check };
                break;
            case "MAINTAINER":
                image.Author = step.Words[0].Text;
                break;
            case "ONBUILD":
                image.Lists.OnBuild.Add(step.Words[0].Text);
                break;
            case "EXPOSE":
                foreach (var word in step.Words)
                    image.Lists.Ports.Add(PortSpec.Parse(word.Text)
                        ?? throw BuildErrors.BadValue(word.Word, $"'{word.Text}' is not a port", "Write a port or a range from 0 to 65535, with /tcp, /udp or /sctp behind it."));
                break;
        }
    }

    private static IReadOnlyList<string> Command(Step step, ContainerConfig config)
    {
        IReadOnlyList<string> words = [.. step.Words.Select(w => w.Text)];
        return step.Instruction is CommandInstruction { Shell: true }
            ? [.. config.Shell.Count > 0 ? config.Shell : DefaultShell, .. words]
            : words;
    }
}
