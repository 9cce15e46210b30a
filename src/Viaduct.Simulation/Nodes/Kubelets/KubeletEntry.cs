using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>What an entry of nodes.yaml says of its kubelet and of the images that it has.</summary>
internal static class KubeletEntry
{
    internal static readonly IReadOnlyList<string> Keys =
        ["rootDir", "cwd", "home", "files", "credentialProviders", "providerAnswers", "cloud", "config", .. KubeletSettings.Keys];

    internal static readonly IReadOnlyList<string> Clouds = ["aws", "gce", "azure"];

    /// <returns>Null where nothing is said.</returns>
    /// <exception cref="ViaductException">VIA2001 to VIA2005, VIA6010, VIA6030 to VIA6032.</exception>
    public static KubeletSetup? Read(YamlMap entry, KubernetesVersion kubernetes, NodeFolder folder)
    {
        var kubelet = entry.Map("kubelet");
        if (kubelet is null && !entry.Says("images") && !entry.Says("sandboxImage")) return null;
        var setup = kubelet is null ? KubeletSetup.Default : Kubelet(kubelet, kubernetes, folder);
        return setup with
        {
            Images = ImageEntry.All(entry.Value("images")),
            SandboxImage = entry.Text("sandboxImage") is { } image ? ImageEntry.NameOf(image, "sandboxImage", entry.Where("sandboxImage")) : null,
        };
    }

    private static KubeletSetup Kubelet(YamlMap said, KubernetesVersion kubernetes, NodeFolder folder)
    {
        said.Only(Keys);
        var setup = KubeletSetup.Default with
        {
            RootDir = said.Text("rootDir") is { } root ? Full(root, "rootDir", said.Where("rootDir")) : KubeletSetup.Default.RootDir,
            WorkingDirectory = said.Text("cwd") is { } folderOfWork ? Full(folderOfWork, "cwd", said.Where("cwd")) : KubeletSetup.Default.WorkingDirectory,
            Home = said.Text("home"),
            Files = FileEntries.All(said.Map("files"), folder),
            Cloud = said.Text("cloud") is { } cloud ? CloudOf(cloud, said.Where("cloud")) : null,
        };
        if (said.Text("config") is { } config) setup = KubeletSettings.Apply(setup, KubeletConfig(config, said.Where("config"), folder));
        setup = KubeletSettings.Apply(setup, said);
        KubeletSettings.Check(setup, kubernetes, said.Where(""));
        return ProviderEntries.Apply(setup, said, kubernetes, folder);
    }

    /// <summary>A path on the node, whose system need not be the one that this runs on.</summary>
    internal static string Full(string text, string key, string where) =>
        text.StartsWith('/') || (text.Length > 2 && char.IsAsciiLetter(text[0]) && text[1] == ':' && text[2] is '\\' or '/')
            ? text : throw NodeErrors.BadValue(where, key, $"has to be a full path on the node, and is '{YamlErrors.Shown(text)}'");

    private static string CloudOf(string text, string where) =>
        Clouds.Contains(text) ? text : throw NodeErrors.BadValue(where, "cloud", $"has to be one of {string.Join(", ", Clouds)}, and is '{YamlErrors.Shown(text)}'");

    private static YamlMap KubeletConfig(string written, string where, NodeFolder folder)
    {
        var root = YamlFile.ParseValue(folder.Text(written, where).TrimStart('\uFEFF'), YamlErrors.Shown(written)).Map ?? throw NodeErrors.NotKubelet(where, "it is no mapping");
        var kind = (root.Value("apiVersion")?.Text, root.Value("kind")?.Text);
        return kind is ("kubelet.config.k8s.io/v1beta1", "KubeletConfiguration")
            ? root : throw NodeErrors.NotKubelet(root.Where("kind"), kind.Item2 is null ? "it names no kind" : $"it is {YamlErrors.Shown($"{kind.Item1} {kind.Item2}")}");
    }
}
