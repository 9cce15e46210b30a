using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

internal static partial class BuildErrors
{
    public static ViaductException ContextMissing(string path) =>
        new("VIA2120", "the build context is not a folder", path, "Name the folder that COPY copies from.");

    public static ViaductException NotFound(Word word, string source, string tree, string? ignoredBy, string? nearest) =>
        new("VIA2121", ignoredBy is null ? $"{tree} has no '{Short(source)}'" : $"{tree} has '{Short(source)}', but {ignoredBy} leaves it out", word.Position.ToString(),
            ignoredBy is not null ? $"Except it there: a line !{source} after the pattern that matches." : nearest is null ? "Sources are paths from the root of the context or stage that they are copied from." : $"Did you mean {nearest}?");

    public static ViaductException OtherPlatforms(Word word, string source) =>
        new("VIA2121", $"'{Short(source)}' is prepared for another platform or image", word.Position.ToString(), "Name this platform's, for example with ARG TARGETARCH.");

    public static ViaductException OutsideContext(Word word, string source) =>
        new("VIA2122", $"'{Short(source)}' lies outside the build context", word.Position.ToString(), "Only what is in the context can be copied; choose a context that holds the file, or move the file.");

    public static ViaductException LinkOutsideContext(Word word, string source, string link, string target) =>
        new("VIA2123", $"'{Short(source)}' leads out of the build context: {link} is a symbolic link to {Short(target)}", word.Position.ToString(), "Copy the file itself into the context.");

    public static ViaductException LinkLoop(string path, Word? word) =>
        new("VIA2124", $"the symbolic link {Short(path)} leads to itself", word?.Position.ToString(), "Remove the loop.");

    public static ViaductException SpecialFile(string path) =>
        new("VIA2125", "a socket, pipe or device cannot be copied into an image", path, "Leave it out with .dockerignore.");

    public static ViaductException ContextUnreadable(string path, string why, Exception? inner = null) =>
        new("VIA2126", $"the build context cannot be read: {why}", path, "Give this user the right to read it, or leave it out with .dockerignore.", inner: inner);

    public static ViaductException BadPattern(string where, string pattern, string why) =>
        new("VIA2127", $"'{Short(pattern)}' is not a pattern: {why}", where);

    public static ViaductException Changed(string path) =>
        new("VIA2128", "the file changed while the image was being built", path, "Build again once nothing writes into the context.");

    public static ViaductException InputsChanged(string image, Platform platform) =>
        new("VIA2128", $"what it is made from changed while it was built for {platform}", image, "Build again once nothing writes into the context and the Dockerfile.");

    public static ViaductException IgnoreFileTooLarge(string path, int limit) =>
        new("VIA2129", $"the file has more than {limit} bytes", path);

    public static ViaductException NotUtf8(string path, string what) =>
        new("VIA2130", $"{what} is not UTF-8, so it cannot be copied into an image", path, "Rename it, or leave it out with .dockerignore.");
}
