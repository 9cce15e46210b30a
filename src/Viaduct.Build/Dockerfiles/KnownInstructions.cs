namespace Viaduct.Build.Dockerfiles;

internal static class KnownInstructions
{
    public static readonly IReadOnlyList<string> All =
        ["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"];

    /// <summary>Flags by instruction. <c>*</c>: known, but only other builders do it; <c>?</c>: may stand without a value; <c>+</c>: needs a value, and may stand several times.</summary>
    public static IReadOnlyList<string> FlagsOf(string instruction) => instruction switch
    {
        "FROM" => ["platform"],
        "COPY" => ["from", "chown", "chmod", "link?", "parents?", "exclude+"],
        "ADD" => ["chown", "chmod", "link?", "exclude+", "unpack?", "checksum", "keep-git-dir*"],
        "HEALTHCHECK" => ["interval", "timeout", "start-period", "start-interval", "retries"],
        _ => [],
    };
}
