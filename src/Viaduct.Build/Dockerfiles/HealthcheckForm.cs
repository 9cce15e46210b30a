using System.Globalization;
using Viaduct.Oci;

namespace Viaduct.Build.Dockerfiles;

/// <summary>Reads <c>HEALTHCHECK NONE</c> and <c>HEALTHCHECK [flags] CMD …</c> (BuildKit, instructions/parse.go parseHealthcheck).</summary>
internal static class HealthcheckForm
{
    // An engine refuses to start a container that is asked more often (moby, container.MinimumDuration).
    private const long MinimumDuration = 1_000_000;

    public static HealthcheckInstruction Read(SourceLine line, int at, int end, Position position, List<Flag> flags)
    {
        while (at < end && char.IsWhiteSpace(line.Text[at])) at++;
        var from = at;
        while (at < end && !char.IsWhiteSpace(line.Text[at])) at++;
        var (kind, where) = (line.Text[from..at].ToUpperInvariant(), line.At(from < end ? from : 0));
        while (at < end && char.IsWhiteSpace(line.Text[at])) at++;
        switch (kind)
        {
            case "NONE" when at < end:
                throw BuildErrors.Syntax(line.At(at), "HEALTHCHECK NONE takes nothing more", "Remove what follows.");
            case "NONE":
                return new HealthcheckInstruction(position, new Healthcheck { Test = ["NONE"] });
            case "CMD":
                var rest = at < end ? line.Slice(at, end) : new Word("", where);
                return new HealthcheckInstruction(position, new Healthcheck
                {
                    Test = Test(rest, position),
                    Interval = Duration(flags, "interval"),
                    Timeout = Duration(flags, "timeout"),
                    StartPeriod = Duration(flags, "start-period"),
                    StartInterval = Duration(flags, "start-interval"),
                    Retries = Retries(flags),
                });
            default:
                throw kind.Length == 0 ? Missing(position) : BuildErrors.Syntax(where, $"HEALTHCHECK knows CMD and NONE, and not '{kind}'", "Write HEALTHCHECK CMD and the command.");
        }
    }

    private static IReadOnlyList<string> Test(Word rest, Position position) =>
        JsonForm.TryRead(rest, "HEALTHCHECK CMD") is { } words ? words.Count > 0 ? ["CMD", .. words] : throw Missing(position)
        : rest.Text.Length > 0 ? ["CMD-SHELL", rest.Text]
        : throw Missing(position);

    private static ViaductException Missing(Position position) => BuildErrors.Arguments(position, "HEALTHCHECK", "CMD and a command, or NONE");

    private static long Duration(List<Flag> flags, string name)
    {
        if (Find(flags, name) is not { } word) return 0;
        return GoText.Duration(word.Text) is { } value and (0 or >= MinimumDuration) ? value
            : throw BuildErrors.BadValue(word, $"'{word}' is no --{name}", "Write a duration of at least 1ms, for example 30s or 1m30s.");
    }

    private static int Retries(List<Flag> flags)
    {
        if (Find(flags, "retries") is not { } word) return 0;
        return int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var retries) ? retries
            : throw BuildErrors.BadValue(word, $"'{word}' is no number of retries", "Write --retries=3 or the like.");
    }

    private static Word? Find(List<Flag> flags, string name) =>
        flags.Find(f => f.Name == name) is { Value: { Length: > 0 } value } flag ? new Word(value, flag.Position) : null;
}
