using System.Text;

namespace Viaduct.Simulation;

/// <summary>The files of a node that hold registry logins: the first that can be read counts, all others do not (pkg/credentialprovider/config.go, ReadDockerConfigFile).</summary>
internal sealed class NodeFiles
{
    private readonly KubernetesVersion kubernetes;
    private readonly bool literalsOnly;

    public NodeFiles(KubeletSetup setup, KubernetesVersion kubernetes)
    {
        this.kubernetes = kubernetes;
        literalsOnly = KeyRules.LiteralsOnly(kubernetes);
        Ring = new([], literalsOnly);
        var files = new Dictionary<string, NodeFileText>(StringComparer.Ordinal);
        foreach (var (path, text) in setup.Files)
            files[NodeFilePaths.Slashes(path)] = text;

        var unread = new List<NodeFileUnread>();
        foreach (var path in NodeFilePaths.Of(setup))
            if (files.Remove(path, out var file))
                Take(path, file, unread);
        // Such as root's own file, where kubelet has no HOME.
        foreach (var (path, file) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            if (path.EndsWith("/" + NodeFilePaths.Json, StringComparison.Ordinal) || path.EndsWith("/" + NodeFilePaths.Bare, StringComparison.Ordinal))
                unread.Add(new(path, setup.Home is null ? "is at none of the paths where kubelet looks; its $HOME is not set" : "is at none of the paths where kubelet looks", RingOf(path, Read(path, file))));
        Unread = unread;
    }

    /// <summary>The file that counts; null where there is none.</summary>
    public string? Path { get; private set; }

    public DockerConfig? Config { get; private set; }

    public BasicKeyring Ring { get; private set; }

    public IReadOnlyList<NodeFileUnread> Unread { get; }

    private void Take(string path, NodeFileText file, List<NodeFileUnread> unread)
    {
        if (Path is not null)
        {
            unread.Add(new(path, $"is hidden by {Path}: kubelet reads one file", RingOf(path, Read(path, file))));
            return;
        }
        var config = Read(path, file);
        if (config is not { Error: null })
        {
            unread.Add(new(path, config is null ? "cannot be read, and kubelet goes on to the next" : $"is not valid, and kubelet goes on to the next: {config.Error}", null));
            return;
        }
        (Path, Config, Ring) = (path, config, RingOf(path, config)!);
    }

    private DockerConfig? Read(string path, NodeFileText file) =>
        file.Text is null ? null : DockerConfigReader.Read(Encoding.UTF8.GetBytes(file.Text), path.EndsWith(NodeFilePaths.Bare, StringComparison.Ordinal), kubernetes);

    private BasicKeyring? RingOf(string path, DockerConfig? config) =>
        config is not { Error: null } ? null : new(KeyRules.Entries(config, new(CredentialOrigin.NodeFile, path, "", new("", "")), literalsOnly), literalsOnly);
}
