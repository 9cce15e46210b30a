namespace Viaduct.Build.Dockerfiles;

internal static class KnownInstructions
{
    public static readonly IReadOnlyList<string> All =
        ["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"];

    /// <summary>Flags by instruction; those that end in <c>*</c> are known, but only other builders do them.</summary>
    public static IReadOnlyList<string> FlagsOf(string instruction) => instruction switch
    {
        "FROM" => ["platform"],
        "COPY" => ["from", "chown", "chmod", "link*", "parents*", "exclude*"],
        _ => [],
    };
}
