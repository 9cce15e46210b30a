using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>One <c>docker buildx build</c>; the context goes to it as a tar of our own, so that modes and times are the same everywhere.</summary>
internal sealed class BuildxRun(
    BuildRequest request, BuildxProgram program, BuildxInstance instance, TemporaryFolder folder, BuildxBases bases,
    IReadOnlyDictionary<string, string> environment, Func<string, string?> variable)
{
    public TemporaryFolder Folder => folder;

    /// <returns>The digest that buildx says.</returns>
    /// <exception cref="ViaductException">VIA2173, VIA2174, VIA2176, VIA2177.</exception>
    public async Task<Digest> RunAsync(string output, CancellationToken cancellationToken)
    {
        var metadata = folder.At("metadata.json");
        File.Delete(metadata);
        var context = await BuildxContext.OpenAsync(request, folder, cancellationToken).ConfigureAwait(false);
        var arguments = new BuildxArguments(request, program, instance, output, environment).Add("--metadata-file", metadata).Add("--file", context.DockerfilePath);
        foreach (var (name, place) in bases.Contexts) arguments.Add("--build-context", $"{name}={place}");

        var log = new BuildLog(request.Progress, new Masking(request, variable).Mask);
        var tool = new Tool(program.Words)
        {
            Environment = WithSecrets(arguments.Variables),
            Input = context.WriteAsync,
            Line = program.HasRawProgress ? line => RawProgress.Read(line, log) : line => PlainProgress.Read(line, log),
        };
        var result = await tool.RunAsync(arguments.End(context.Word).Words, cancellationToken).ConfigureAwait(false);
        if (result.Exit != 0) throw BuildxFailure.Of(request, instance, log, result.Exit);
        return BuildxMetadata.ReadDigest(metadata, request.Name);
    }

    /// <summary>The variables that secrets are taken from, as Viaduct sees them.</summary>
    private Dictionary<string, string> WithSecrets(IReadOnlyDictionary<string, string> variables)
    {
        var all = variables.ToDictionary();
        foreach (var name in request.Engine.Secrets.Select(s => SecretSource.Parse(s).Variable).OfType<string>())
            if (variable(name) is { } value) all[name] = value;
        return all;
    }
}
