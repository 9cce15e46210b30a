using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>The failures of Dockerfiles: VIA21xx. Those of contexts and images stand in the other parts.</summary>
internal static partial class BuildErrors
{
    public static ViaductException DockerfileMissing(string path, string? nearest) =>
        new("VIA2101", "there is no such Dockerfile", path, nearest is null ? "Write one, or name another with 'dockerfile:' in image.yaml." : $"Did you mean {nearest}?");

    public static ViaductException DockerfileUnreadable(string path, string why, Exception? inner = null) =>
        new("VIA2102", $"the Dockerfile cannot be read: {why}", path, "Name a file that this user may read.", inner: inner);

    public static ViaductException DockerfileTooLarge(string path, long size, int limit) =>
        new("VIA2103", $"the Dockerfile has {size} bytes, more than the {limit} that are read", path);

    public static ViaductException Binary(string path) =>
        new("VIA2104", "the Dockerfile is not text in UTF-8", path, "Perhaps another file was named by mistake.");

    public static ViaductException NoInstructions(string path, bool onlyArgs) =>
        new("VIA2105", onlyArgs ? "the Dockerfile has ARGs and no FROM" : "the Dockerfile has no instructions", path, "It begins with FROM: an image to build upon, or scratch.");

    public static ViaductException Syntax(Position position, string what, string? todo = null) =>
        new("VIA2106", what, position.ToString(), todo);

    public static ViaductException Arguments(Position position, string instruction, string needs) =>
        new("VIA2107", $"{instruction} needs {needs}", position.ToString());

    public static ViaductException UnknownInstruction(Position position, string word, string? nearest) =>
        new("VIA2108", $"'{Short(word)}' is not an instruction", position.ToString(), nearest is null ? null : $"Did you mean {nearest}?");

    public static ViaductException UnknownFlag(Position position, string instruction, string flag, string? nearest) =>
        new("VIA2109", $"{instruction} has no flag --{Short(flag)}", position.ToString(), nearest is null ? null : $"Did you mean --{nearest}?");

    /// <summary>What the language knows and the embedded builder does not do.</summary>
    public static ViaductException Foreign(Word feature) => feature.Text == "RUN"
        ? new("VIA2110", "RUN starts a container, and the embedded builder starts none", feature.Position.ToString(), Elsewhere("Copy in what is built before"))
        : new("VIA2111", $"{feature.Text} is not something that the embedded builder does", feature.Position.ToString(), Elsewhere(feature.Text == Addresses.WithoutChecksum
            ? "Add --checksum=sha256:…, so that it is known which file that is"
            : "Write it with FROM, COPY, ENV and their like"));

    // Never 'auto': an address behind a variable of the base's environment is known only while the image is built, and auto has decided by then.
    private static string Elsewhere(string instead) => $"{instead}; or write 'builder: docker', and an engine builds the image.";

    public static ViaductException Expansion(Word word, string why) =>
        new("VIA2112", $"'{Short(word.Text)}' cannot be expanded: {why}", word.Position.ToString());

    public static ViaductException UnknownStage(string what, string where, IEnumerable<string> stages, string? nearest) =>
        new("VIA2113", what, where, nearest is null ? $"The stages are: {string.Join(", ", stages)}." : $"Did you mean {nearest}?");

    public static ViaductException StageCycle(Position position, string path) =>
        new("VIA2114", $"the stages need each other in a circle: {path}", position.ToString());

    public static ViaductException BadValue(Word word, string what, string todo) =>
        new("VIA2115", what, word.Position.ToString(), todo);

    public static ViaductException TooManyStages(Position position, int limit) =>
        new("VIA2116", $"the Dockerfile has more than {limit} stages", position.ToString());

    private static string Short(string text) => text.Length <= 80 ? text : text[..79] + "…";
}
