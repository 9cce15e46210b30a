using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>The failures of builds in an engine: VIA216x.</summary>
internal static class DockerBuildErrors
{
    public static ViaductException Mislabelled(string image, Platform asked, Platform found) =>
        new("VIA2160", $"it was built for {asked} and came out labelled {found}", image,
            "Nodes would pull it for the wrong processor. Build with BuildKit (without 'classic'), and name bases that exist for this platform.", ExitCode.VerificationFailed);

    public static ViaductException Silent(BuilderName builder, string why, Exception? inner = null) =>
        new("VIA2161", $"the engine of builder {builder} does not answer: {EngineErrors.Short(why)}", todo:
            "Start it, set DOCKER_HOST to where it is, or name another builder in viaduct.yaml: builder: buildx, unix:///PATH, ssh://USER@HOST.", exit: ExitCode.Unreachable, inner: inner);

    public static ViaductException Lost(EngineInfo engine, BuildRequest request, string why, Exception inner) =>
        new("VIA2161", $"the engine went away while it built '{request.Name}' for {request.Platform}: {EngineErrors.Short(why)}", engine.Address,
            "Look at its log, and run again: what other builds have made is kept.", ExitCode.Unreachable, inner);

    public static ViaductException NoBuildKit(BuilderName builder, EngineInfo engine) =>
        new("VIA2162", $"builder {builder} is {engine}, which has no BuildKit behind the Engine API", todo:
            "Docker has it since 18.09. With 'classic: true' the image is built without it; or name another builder.");

    public static ViaductException NeedsSession(BuilderName builder, string image, string option) =>
        new("VIA2163", $"builder {builder} cannot have '{option}': the plain Engine API has no session", image, "Write builder: buildx.", ExitCode.Usage);

    public static ViaductException CannotRun(BuilderName builder, EngineInfo engine, Position run, Platform platform) =>
        new("VIA2164", $"the machine of builder {builder} is {engine.Platform.Os}/{engine.Platform.Architecture} and cannot run programs of {platform}", run.ToString(),
            $"Give it an emulator: docker run --privileged --rm tonistiigi/binfmt --install {platform.Normalized().Architecture}; or name a machine of that kind in viaduct.yaml, for example builder: {{{platform}: \"ssh://USER@HOST\"}}.");

    public static ViaductException Failed(string? where, string what, IReadOnlyList<string> lines) =>
        new("VIA2165", what + string.Concat(lines.Select(l => "\n    " + l)), where, "Nothing was tagged. With --verbose every step of the build is shown; what is mended is built from the engine's cache.");

    public static ViaductException Strange(EngineInfo engine, string what, Exception? inner = null) =>
        new("VIA2166", $"what the engine says of the build cannot be understood: {EngineErrors.Short(what)}", engine.Address, inner: inner);

    public static ViaductException NoBase(EngineInfo engine, string name, string words, Exception? inner = null) =>
        new("VIA2167", $"the base {name} could not be given to the engine: {EngineErrors.Short(words)}", engine.Address, inner: inner);

    public static ViaductException CannotRewrite(Position position, string what, string todo) =>
        new("VIA2168", what, position.ToString(), todo);

    public static ViaductException NotSaved(EngineInfo engine, string image, string words, Exception? inner = null) =>
        new("VIA2169", $"the image cannot be taken out of the engine: {EngineErrors.Short(words)}", $"{image} at {engine.Address}", inner: inner);
}
