using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Preparation;

/// <summary>The failures of <c>prepare:</c>: VIA203x of what is written there, VIA221x of running it. No value of its environment is shown.</summary>
internal static class PrepareErrors
{
    public static ViaductException Incomplete(string where, string key, string what) =>
        new("VIA2030", $"a step of 'prepare' has no '{key}'", where, what, ExitCode.Usage);

    public static ViaductException UnknownVariable(string where, string name, IReadOnlyCollection<string> known, string? key = null) =>
        new("VIA2031", $"there is no $({YamlErrors.Shown(name)}) in {(key is null ? "a step of 'prepare'" : $"'{key}'")}", where,
            Nearest.To(name, known) is { } near ? $"Did you mean $({near})?" : $"The variables are {string.Join(", ", known.Select(v => $"$({v})"))}.", ExitCode.Usage);

    public static ViaductException NoRuntimeIdentifier(string where, Platform platform) =>
        new("VIA2032", $".NET has no runtime identifier for {platform}, which $(RID) would be", where, "Take the platform out of the image's platforms, or name what is wanted without $(RID).", ExitCode.Usage);

    public static ViaductException BadOutput(string where, string output, string why) =>
        new("VIA2033", $"the output '{YamlErrors.Shown(output)}' {why}", where, "Name files or folders of their own below the build context, such as out/$(ARCH).", ExitCode.Usage);

    public static ViaductException SharedOutput(string where, string output, string first, string second) =>
        new("VIA2034", $"'{YamlErrors.Shown(output)}' would be written for {first} and for {second}", where, "Let a variable such as $(ARCH) tell the outputs apart.", ExitCode.Usage);

    public static ViaductException BadTimeout(string where, string text) =>
        new("VIA2035", $"'{YamlErrors.Shown(text)}' is no time between a second and a day", where, "Write 90s, 10m or 1h30m.", ExitCode.Usage);

    public static ViaductException NoInput(string where, string pattern) =>
        new("VIA2210", $"the input '{YamlErrors.Shown(pattern)}' matches no file", where, "Patterns are those of .dockerignore, from the image's folder.");

    public static ViaductException NotStarted(PlatformStep step, string why, Exception inner) =>
        new("VIA2211", $"{step} cannot be started: {why}", step.Where, "Install what it needs, or name it by its path.", inner: inner);

    public static ViaductException Failed(PlatformStep step, int exit, string output) =>
        new("VIA2212", $"{step} failed with exit code {exit}{output}", step.Where, "Run it in the image's folder to see all of it.");

    public static ViaductException TooSlow(PlatformStep step, TimeSpan limit, string output) =>
        new("VIA2213", $"{step} was stopped after {limit.TotalSeconds:0} seconds{output}", step.Where, "Give it more with 'timeout:', or find out what it waits for.");

    public static ViaductException OutputMissing(PlatformStep step, string output, string said) =>
        new("VIA2214", $"{step} ended well, and its output '{YamlErrors.Shown(output)}' is not there{said}", step.Where, "Let it write there, or correct 'outputs:'.");

    public static ViaductException InputChanged(PlatformStep step, string input) =>
        new("VIA2215", $"its input '{YamlErrors.Shown(input)}' changed while {step} ran", step.Where,
            "Run it again when nothing else writes there. What the command itself leaves there is no input: take it out with a pattern that begins with '!'.");

    public static ViaductException TooMany(string where, string what, int limit) =>
        new("VIA2216", $"the {what} of a step of 'prepare' are more than {limit} files", where, "Name them closer.");

    public static ViaductException ForeignOutput(PlatformStep step, string output, string path) =>
        new("VIA2217", $"the output '{YamlErrors.Shown(output)}' of {step} holds {(path == output ? "what" : $"'{YamlErrors.Shown(path)}', which")} it did not make, or nothing is remembered of it", step.Where,
            $"Remove {Path.GetFullPath(output, step.Folder)}, whose content the step makes anew, or let 'outputs:' name only what it makes.");

    public static ViaductException NoAccess(PlatformStep step, Exception inner) =>
        new("VIA2218", $"the outputs of {step} cannot be kept: {YamlErrors.Shown(inner.Message, 400)}", step.Where, "See whose that is: a command that ran as another user may have left it.", inner: inner);

    public static ViaductException Busy(PlatformStep step, TimeSpan limit) =>
        new("VIA2219", $"another viaduct is still at {step} after {limit.TotalSeconds:0} seconds", step.Where, "Let it end, or end it; then run this again.");
}
