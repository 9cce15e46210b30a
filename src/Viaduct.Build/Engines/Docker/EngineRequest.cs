using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>A request as it is seen on the machine that builds: BUILDPLATFORM is that one's, and not of the machine that Viaduct runs on.</summary>
internal static class EngineRequest
{
    public static BuildRequest Of(BuildRequest request, EngineInfo engine) =>
        At(request, new Platform(engine.Platform.Os, engine.Platform.Architecture, engine.Platform.Architecture == "arm" ? engine.Platform.Variant : null));

    public static BuildRequest At(BuildRequest request, Platform machine)
    {
        var build = machine.Normalized();
        var args = new Dictionary<string, string>
        {
            ["BUILDPLATFORM"] = build.ToString(),
            ["BUILDOS"] = build.Os,
            ["BUILDARCH"] = build.Architecture,
            ["BUILDVARIANT"] = build.Variant ?? "",
        };
        foreach (var (name, value) in request.Args) args[name] = value;
        return request with { Args = args };
    }
}
