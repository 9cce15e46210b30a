namespace Viaduct.Build.Engines;

/// <summary>
/// The build context as buildx gets it: what the input key counts, no more and no less, with the modes of <see cref="BuildContext"/> and
/// one time for all. As a tar by standard input; but a Dockerfile that is not part of the context must not be in that tar, where <c>COPY .</c>
/// would copy it, and buildx takes it from nowhere else then. So in that case context and Dockerfile are written into folders.
/// </summary>
internal sealed class BuildxContext
{
    private readonly BuildRequest _request;
    private readonly TreeNode _root;
    private readonly string? _folder;

    private BuildxContext(BuildRequest request, TreeNode root, string dockerfile, string? folder) =>
        (_request, _root, DockerfilePath, _folder) = (request, root, dockerfile, folder);

    /// <summary>What <c>--file</c> says.</summary>
    public string DockerfilePath { get; }

    /// <summary>The last word of the command line.</summary>
    public string Word => _folder ?? "-";

    /// <param name="temporary">For the folders, when they are needed.</param>
    public static async Task<BuildxContext> OpenAsync(BuildRequest request, TemporaryFolder temporary, CancellationToken cancellationToken)
    {
        var tree = BuildContext.Of(request).Tree;
        var path = Path.GetRelativePath(Path.GetFullPath(request.Context), Path.GetFullPath(request.Dockerfile)).Replace(Path.DirectorySeparatorChar, '/');
        if (tree.Find(path) is { Content: ContextFile } && !path.StartsWith("../", StringComparison.Ordinal)) return new BuildxContext(request, tree.Root, path, null);

        // BuildKit takes a folder of a known name for one that it has seen, and a file of the same size and time in it for the same file (fsutil, sameFile).
        var folder = temporary.At("context-" + Guid.NewGuid().ToString("n"));
        var dockerfile = temporary.At("Dockerfile");
        await File.WriteAllBytesAsync(dockerfile, await File.ReadAllBytesAsync(request.Dockerfile, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        // What has to be left out is left out by now; this goes before the context's own file.
        await File.WriteAllTextAsync(dockerfile + ".dockerignore", "", cancellationToken).ConfigureAwait(false);
        var context = new BuildxContext(request, tree.Root, dockerfile, folder);
        Directory.CreateDirectory(folder);
        foreach (var (name, node) in ContextTar.Nodes(tree.Root)) await context.WriteAsync(Path.Combine(folder, name), node, cancellationToken).ConfigureAwait(false);
        return context;
    }

    /// <summary>The tar; nothing where there are folders.</summary>
    public async Task WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        if (_folder is not null) return;
        var tar = new ContextTar(output, _request.Epoch);
        foreach (var (path, node) in ContextTar.Nodes(_root)) await tar.AddAsync(path, node, cancellationToken).ConfigureAwait(false);
        await tar.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(string path, TreeNode node, CancellationToken cancellationToken)
    {
        if (node.IsFolder)
        {
            Directory.CreateDirectory(path);
            SetMode(path, node);
        }
        else if (node.IsLink) File.CreateSymbolicLink(path, node.Entry.LinkTarget ?? "");
        else if (node.Content is ContextFile file)
        {
            var input = await file.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (input.ConfigureAwait(false))
            {
                var output = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
                await using (output.ConfigureAwait(false)) await input.CopyToAsync(output, 1 << 17, cancellationToken).ConfigureAwait(false);
            }
            file.CheckUnchanged();
            SetMode(path, node);
            File.SetLastWriteTimeUtc(path, DateTimeOffset.FromUnixTimeSeconds(_request.Epoch).UtcDateTime);
        }
    }

    private static void SetMode(string path, TreeNode node)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)node.Entry.Mode);
    }
}
