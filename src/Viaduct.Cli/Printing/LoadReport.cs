using Viaduct.Cli.Sessions;
using Viaduct.Oci;

namespace Viaduct.Cli.Printing;

/// <summary>What an engine was given, and the command that runs it.</summary>
internal static class LoadReport
{
    public static string Text(LoadSession loaded) =>
        $"{loaded.Engine.Info} has {loaded.Engine.NameOf(loaded.Name)}: {loaded.Platform}, {loaded.Manifest.Digest}\n{string.Join(' ', Run(loaded))}\n";

    /// <summary>Every engine takes an image that is in no list, whatever it is for; null when it is for the engine.</summary>
    public static string? Note(LoadSession loaded) =>
        loaded.Wanted is null && !loaded.Image.Manifest.IsIndex && loaded.Platform.Architecture != loaded.Engine.Info.Platform.Architecture
            ? $"{loaded.Engine.NameOf(loaded.Name)} is for {loaded.Platform} alone, and the engine runs on {loaded.Engine.Info.Platform}."
            : null;

    /// <param name="id">The digest that the engine knows it by.</param>
    public static byte[] Json(LoadSession loaded, string id)
    {
        var engine = loaded.Engine.Info;
        return Printing.Json.Document(1, json => json
            .Name("engine").BeginObject()
            .Name("name").String(engine.Name).Name("version").String(engine.Version).Name("address").String(engine.Address)
            .Name("platform").String(engine.Platform.ToString()).Name("containerdStore").Boolean(engine.HasContainerdStore)
            .EndObject()
            .Name("name").String(loaded.Engine.NameOf(loaded.Name))
            .Name("platform").String(loaded.Platform.ToString())
            .Name("digest").String(loaded.Manifest.Digest.ToString())
            .Name("config").String(loaded.Manifest.AsImage().Config.Digest.ToString())
            .Name("id").String(id)
            .Name("run").Strings(Run(loaded)));
    }

    private static IReadOnlyList<string> Run(LoadSession loaded) => loaded.Engine.RunWith(loaded.Name, loaded.Wanted is null ? null : loaded.Platform);
}
