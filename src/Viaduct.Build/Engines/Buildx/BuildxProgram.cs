using System.Text.RegularExpressions;

namespace Viaduct.Build.Engines;

/// <summary>buildx as it is on this machine: docker's plugin, or a program of its own.</summary>
/// <param name="Words">What stands before <c>build</c>.</param>
internal sealed partial record BuildxProgram(IReadOnlyList<string> Words, Version Version)
{
    /// <summary>Since it there are <c>--provenance</c> and <c>--sbom</c>, and the output's annotations (docker/buildx releases).</summary>
    public static readonly Version Oldest = new(0, 10);

    /// <summary>docker/buildx v0.13: <c>--progress=rawjson</c>.</summary>
    public bool HasRawProgress => Version >= new Version(0, 13);

    /// <exception cref="Oci.ViaductException">VIA2170, VIA2171.</exception>
    public static async Task<BuildxProgram> FindAsync(Func<string, string?> variable, CancellationToken cancellationToken)
    {
        var docker = Programs.TryFind("docker", variable);
        List<string[]> candidates = [.. docker is null ? (string[][])[] : [[docker, "buildx"]], .. ((string?[])[Programs.TryFind("buildx", variable), Programs.TryFind("docker-buildx", variable)]).OfType<string>().Select(p => (string[])[p])];
        if (candidates.Count == 0) throw BuildxErrors.NoProgram();
        var said = "";
        foreach (var words in candidates)
            try
            {
                var result = await new Tool(words).RunAsync(["version"], cancellationToken).ConfigureAwait(false);
                if (result.Exit == 0 && Number().Match(result.Output) is { Success: true } number)
                {
                    var version = new Version(int.Parse(number.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), int.Parse(number.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
                    if (version >= Oldest) return new BuildxProgram(words, version);
                }
                if (said.Length == 0) said = result.Words;
            }
            catch (EngineSilence e)
            {
                if (said.Length == 0) said = e.Message;
            }
        throw BuildxErrors.NoPlugin(Path.GetFileName(candidates[0][0]), said);
    }

    /// <summary>github.com/docker/buildx v0.29.1 HASH; Debian writes it without the v. "0.0.0" is a build by hand.</summary>
    [GeneratedRegex(@"\bv?(\d{1,4})\.(\d{1,4})\.\d")]
    private static partial Regex Number();
}
