using System.Text.RegularExpressions;
using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>Says of a build that failed which step it was, where it stands, and what it said last.</summary>
internal static partial class BuildxFailure
{
    public static ViaductException Of(BuildRequest request, BuildxInstance instance, BuildLog log, int exit)
    {
        var words = string.Join(' ', log.Others.SkipWhile(l => !l.StartsWith("ERROR: ", StringComparison.Ordinal)).Take(3)).Replace("ERROR: failed to build: ", "", StringComparison.Ordinal).Trim();
        // docker/buildx driver: ErrNotSupported.
        if (Unsupported().Match(words) is { Success: true } feature)
            return BuildxErrors.NotByDriver(request.Name, feature.Groups[1].Value, instance, "Turn on the containerd image store, or make a builder: docker buildx create --driver docker-container.");
        var file = DockerfileReader.Read(request.Dockerfile).File;
        if (log.Failed is not { } failed)
            return BuildxErrors.StepFailed(request.Name, $"buildx ended with {exit}{(words.Length > 0 ? ": " + EngineErrors.Short(words) : "")}", words.Length > 0 ? [] : [.. log.Others]);
        var where = log.Others.Where(l => !l.StartsWith("ERROR", StringComparison.Ordinal)).Select(l => Line().Match(l)).FirstOrDefault(m => m.Success) is { } line
            ? $"{file}:{line.Groups[1].Value}" : file;
        return failed.ExitCode is { } code
            ? BuildxErrors.StepFailed(where, $"{failed.Name} ended with exit code: {code} ({request.Platform})", failed.Lines)
            : BuildxErrors.StepFailed(where, $"{failed.Name}: {failed.Error} ({request.Platform})", failed.Lines);
    }

    [GeneratedRegex(@"^(?:ERROR: )?(.{1,80}?) (?:is|are) not supported for the .{1,40} driver")]
    private static partial Regex Unsupported();

    /// <summary>Above the lines of the Dockerfile that buildx shows: its name and line.</summary>
    [GeneratedRegex(@"^\S[^|]*:(\d{1,7})$")]
    private static partial Regex Line();
}
