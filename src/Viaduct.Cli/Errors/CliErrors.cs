using Viaduct.Configuration;
using Viaduct.Oci;

namespace Viaduct.Cli.Errors;

/// <summary>The failures of the command line: VIA90xx.</summary>
internal static class CliErrors
{
    public static ViaductException Usage(string what, string todo) => new("VIA9001", what, todo: todo, exit: ExitCode.Usage);

    public static ViaductException BadChild(string text, string why) =>
        new("VIA9013", $"'{text}' is no child: {why}", todo: "Write REF, or OS/ARCH[/VARIANT]=REF.", exit: ExitCode.Usage);

    public static ViaductException NotFound(string name) =>
        new("VIA9008", "there is no such image", name, "Look at the name and the tag; 'viaduct push' makes those of a set.");

    public static ViaductException NoPlatform(string name, Platform platform, IEnumerable<Platform> all) =>
        new("VIA9009", $"it has no image for {platform}", name, $"It has {string.Join(", ", all)}.");

    public static ViaductException NotPushed(IReadOnlyList<string> children) =>
        new("VIA9010", $"{children.Count} {(children.Count == 1 ? "image is" : "images are")} not in the registry as the files say: {string.Join(", ", children.Take(5))}{(children.Count > 5 ? ", …" : "")}",
            todo: "Run 'viaduct push' for them first; no list was touched.");

    public static ViaductException NameOne(string folder, IReadOnlyList<string> names) =>
        new("VIA9011", names.Count == 0 ? "the layout holds no image" : $"the layout holds {names.Count} images, and one is needed", folder,
            names.Count == 0 ? null : $"Name one: {string.Join(", ", names.Take(10).Select(n => $"oci:{folder}:{n}"))}{(names.Count > 10 ? ", …" : "")}", ExitCode.Usage);
}
