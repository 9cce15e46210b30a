using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build;

/// <summary>What <c>docker history</c> shows of a step. The values of arguments are left out: they can be secrets.</summary>
internal static class HistoryLines
{
    public static string Of(Step step, StageImage image)
    {
        var words = step.Words.Select(w => w.Text);
        var name = step.Instruction.Name;
        return name switch
        {
            "ENV" or "LABEL" => $"{name} {string.Join(' ', step.Pairs.Select(p => $"{p.Key.Text}={p.Value.Text}"))}",
            "COPY" => $"COPY{Option("chown", step.Chown)}{Option("chmod", step.Chmod)} {string.Join(' ', words)}",
            "WORKDIR" => $"WORKDIR {image.Container.WorkingDir}",
            "CMD" => $"CMD {Quoted(image.Container.Cmd)}",
            "ENTRYPOINT" => $"ENTRYPOINT {Quoted(image.Container.Entrypoint)}",
            _ => $"{name} {string.Join(' ', words)}",
        };
    }

    private static string Option(string name, Expanded? value) => value is { Text.Length: > 0 } ? $" --{name}={value.Text}" : "";

    private static string Quoted(IReadOnlyList<string> words) =>
        $"[{string.Join(' ', words.Select(w => '"' + w.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"'))}]";
}
