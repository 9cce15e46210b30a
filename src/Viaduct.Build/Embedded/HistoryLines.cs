using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>What <c>docker history</c> shows of a step. The values of arguments are left out: they can be secrets.</summary>
internal static class HistoryLines
{
    public static string Of(Step step, StageImage image)
    {
        // A query may hold a signature; what a checksum holds is one address, and the destination behind it a path.
        var words = step.Words.Select((w, i) => step.Checksum is not null && i == 0 ? RemoteFile.WithoutQuery(w.Text) : w.Text);
        var name = step.Instruction.Name;
        return name switch
        {
            "ENV" or "LABEL" => $"{name} {string.Join(' ', step.Pairs.Select(p => $"{p.Key.Text}={p.Value.Text}"))}",
            "COPY" or "ADD" => $"{name}{Option("chown", step.Chown)}{Option("chmod", step.Chmod)} {string.Join(' ', words.SkipLast(1).Concat(step.Documents.Select(d => "<<" + d.Name)).Append(words.Last()))}",
            "WORKDIR" => $"WORKDIR {image.Container.WorkingDir}",
            "CMD" => $"CMD {Quoted(image.Container.Cmd)}",
            "ENTRYPOINT" => $"ENTRYPOINT {Quoted(image.Container.Entrypoint)}",
            "VOLUME" or "SHELL" => $"{name} [{string.Join(' ', words)}]",
            "HEALTHCHECK" => $"HEALTHCHECK {Quoted(((HealthcheckInstruction)step.Instruction).Check)}",
            _ => $"{name} {string.Join(' ', words)}",
        };
    }

    private static string Option(string name, Expanded? value) => value is { Text.Length: > 0 } ? $" --{name}={value.Text}" : "";

    /// <summary>As Go shows the structure with %q (BuildKit, dispatchHealthcheck): a number becomes a character.</summary>
    private static string Quoted(Healthcheck check)
    {
        var durations = ((long[])[check.Interval, check.Timeout, check.StartPeriod, check.StartInterval]).Select(d => GoText.Quote(GoText.Duration(d)));
        return $"&{{[{string.Join(' ', check.Test.Select(GoText.Quote))}] {string.Join(' ', durations)} {GoText.Quote(check.Retries)}}}";
    }

    private static string Quoted(IReadOnlyList<string> words) =>
        $"[{string.Join(' ', words.Select(w => '"' + w.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"'))}]";
}
