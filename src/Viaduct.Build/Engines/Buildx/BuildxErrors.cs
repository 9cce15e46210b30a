using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>The failures of builds by buildx: VIA217x.</summary>
internal static class BuildxErrors
{
    public static ViaductException NoProgram() =>
        new("VIA2170", "neither docker nor buildx is on PATH",
            todo: "Install docker's command line with its buildx plugin (packages docker-cli and docker-buildx, or docker-ce-cli and docker-buildx-plugin), or the standalone buildx.");

    public static ViaductException NoPlugin(string program, string words) =>
        new("VIA2171", $"{program} has no buildx that can be used: {EngineErrors.Short(words)}",
            todo: $"Install the buildx plugin, {BuildxProgram.Oldest} or later (package docker-buildx or docker-buildx-plugin); 'docker buildx version' shows it.");

    public static ViaductException NoBuilder(string name, IEnumerable<string> known, string? nearest) =>
        new("VIA2172", $"buildx has no builder '{name}'",
            todo: nearest is null ? $"'docker buildx ls' shows: {string.Join(", ", known)}; 'docker buildx create --name {name}' makes it." : $"Did you mean buildx:{nearest}?", exit: ExitCode.Usage);

    public static ViaductException NotRunning(string name, string words) =>
        new("VIA2173", $"the builder '{name}' does not answer: {EngineErrors.Short(words)}",
            todo: $"Start docker, or the builder: docker buildx inspect --bootstrap {name}.", exit: ExitCode.Unreachable);

    public static ViaductException NotByDriver(string image, string what, BuildxInstance instance, string todo) =>
        new("VIA2174", $"{what}: the builder '{instance.Name}' cannot do it ({instance.Kind})", image, todo);

    public static ViaductException NotByForm(string image, string what) =>
        new("VIA2174", $"{what} cannot be had with media-types: docker", image, "Take media-types: oci, which all runtimes of today read.");

    public static ViaductException NoPlatform(Position run, BuildxInstance instance, Platform platform) =>
        new("VIA2175", $"RUN for {platform} cannot be executed by the builder '{instance.Name}', which has {string.Join(", ", instance.Platforms)}", run.ToString(),
            $"Let it emulate {platform.Architecture} (docker run --privileged --rm tonistiigi/binfmt --install {platform.Normalized().Architecture}, or Debian's packages qemu-user-static and binfmt-support),"
            + $" or add a machine of that kind: docker buildx create --append --name {instance.Name} --platform {platform} ADDRESS.");

    public static ViaductException StepFailed(string where, string what, IReadOnlyList<string> lines) =>
        new("VIA2176", what + string.Concat(lines.Select(l => "\n    " + l)), where);

    public static ViaductException BadResult(string image, string why) =>
        new("VIA2177", $"what buildx made cannot be used: {why}", image, "Build it with 'docker buildx build' by hand to see more; a newer buildx and BuildKit may help.", ExitCode.VerificationFailed);

    public static ViaductException NoSecret(string image, string id, string why) =>
        new("VIA2178", $"the secret '{id}' is not there: {why}", image, "buildx would give the build an empty one. Set it, or correct secrets: in image.yaml.");

    public static ViaductException ArgumentOfSecret(string image, string name, string id) =>
        new("VIA2179", $"the build argument {name} has the name of the variable that the secret '{id}' is taken from", image,
            "buildx would take the secret for the argument, and write it into the image. Rename one of the two: secrets: [id=" + id + ",env=OTHER].", ExitCode.Usage);

    public static ViaductException ArgumentOfTools(string image, string name) =>
        new("VIA2179", $"the build argument {name} has the name of a credential that buildx itself reads", image,
            $"Give it as a secret (secrets: [id={name}], RUN --mount=type=secret,id={name}), or call the argument otherwise.", ExitCode.Usage);
}
