using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>The images that nodes have.</summary>
public sealed class NodeImageTests
{
    private const string Sha = "sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945";

    [Theory]
    [InlineData("nginx", "docker.io/library/nginx:latest | Preloaded")]
    [InlineData("nginx:1.27", "docker.io/library/nginx:1.27 | Preloaded")]
    [InlineData($"nginx@{Sha}", $"docker.io/library/nginx@{Sha} | Preloaded")]
    [InlineData($"nginx:1.27@{Sha}", $"docker.io/library/nginx@{Sha} | Preloaded")]
    [InlineData("index.docker.io/team/app:1", "docker.io/team/app:1 | Preloaded")]
    [InlineData("{name: r.io/a:1}", "r.io/a:1 | Preloaded")]
    [InlineData("{names: [r.io/a:1, r.io/a:2, r.io/a:1]}", "r.io/a:1 r.io/a:2 | Preloaded")]
    [InlineData($"{{name: r.io:5000/a:1, digest: '{Sha}'}}", $"r.io:5000/a:1 r.io:5000/a@{Sha} | Preloaded")]
    [InlineData($"{{names: [r.io/a:1, r.io/a:2], digest: '{Sha}'}}", $"r.io/a:1 r.io/a:2 r.io/a@{Sha} | Preloaded")]
    [InlineData($"{{name: a, id: '{Sha}'}}", $"docker.io/library/a:latest | {Sha} | Preloaded")]
    [InlineData("{name: a, id: 4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945}", $"docker.io/library/a:latest | {Sha} | Preloaded")]
    [InlineData("{name: a, pulledWith: preloaded}", "docker.io/library/a:latest | Preloaded")]
    [InlineData("{name: a, pulledWith: node}", "docker.io/library/a:latest | Node")]
    [InlineData("{name: a, pulledWith: secret shop/regcred}", "docker.io/library/a:latest | Secret | shop/regcred")]
    [InlineData("{name: a, pulledWith: serviceaccount shop/web}", "docker.io/library/a:latest | ServiceAccount | shop/web")]
    public void Images_are_known_by_their_full_names(string text, string expected)
    {
        var image = Assert.Single(Images($"[{text}]"));
        Assert.Equal(expected, string.Join(" | ", new[] { string.Join(' ', image.Names), image.Id, image.Origin.ToString(), image.PulledWith }.Where(w => w is not null)));
    }

    [Theory]
    [InlineData("['UPPER/A']", "VIA6010: nodes.yaml:2:12: 'images' names no image: 'UPPER/A'")]
    [InlineData("['']", "VIA6010: nodes.yaml:2:12: 'images' names no image: ''")]
    [InlineData("[{id: a}]", "VIA6010: nodes.yaml:2:12: 'images' has one without a name")]
    [InlineData("[{name: a, id: b}]", "VIA6010: nodes.yaml:2:26: 'id' is no image ID: 'b'")]
    [InlineData("[{name: a, digest: b}]", "VIA6010: nodes.yaml:2:30: 'digest' is no digest: 'b'")]
    [InlineData("[{name: a, pulledWith: secret regcred}]", "VIA6010: nodes.yaml:2:34: 'pulledWith' is not known: 'secret regcred'\n  Write preloaded, node, 'secret NAMESPACE/NAME'")]
    [InlineData("[{name: a, pulledwith: node}]", "VIA2004: nodes.yaml:2:22: there is no key 'pulledwith' here\n  Did you mean 'pulledWith'?")]
    [InlineData("nginx", "VIA2005: nodes.yaml:2:11: 'images' has to be a list of images")]
    [InlineData("[[a]]", "VIA2005: nodes.yaml:2:12: 'an image' has to be a name or a mapping")]
    public void What_is_no_image_is_refused_with_its_place(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<ViaductException>(() => Images(text)).Render(), StringComparison.Ordinal);

    [Fact]
    public void The_sandboxs_image_is_one_of_the_runtimes_unless_it_is_named()
    {
        Assert.Null(NodeText.Read("- {platform: linux/amd64, images: [a]}").Nodes.Single().Kubelet!.SandboxImage);
        Assert.Equal("registry.k8s.io/pause:3.10", NodeText.Read("- {platform: linux/amd64, sandboxImage: 'registry.k8s.io/pause:3.10'}").Nodes.Single().Kubelet!.SandboxImage);
    }

    [Theory]
    [InlineData("docker.io/library/nginx:1.27", "docker.io/library/nginx")]
    [InlineData("r.io:5000/a", "r.io:5000/a")]
    [InlineData("r.io:5000/a:1", "r.io:5000/a")]
    [InlineData($"r.io:5000/a@{Sha}", "r.io:5000/a")]
    [InlineData($"r.io:5000/a:1@{Sha}", "r.io:5000/a")]
    public void A_name_has_a_repository(string name, string expected) => Assert.Equal(expected, PresentImage.RepositoryOf(name));

    [Fact]
    public void Images_that_no_pod_names_can_be_left_out()
    {
        var setup = KubeletSetup.Default with { Images = [new(["r.io/a:1"]), new(["r.io/b:1", "r.io/c:1"])] };
        Assert.Equal([["r.io/b:1", "r.io/c:1"]], setup.WithImagesOf(new HashSet<string> { "r.io/c" }).Images.Select(i => i.Names));
        Assert.Empty(setup.WithImagesOf(new HashSet<string>()).Images);
        Assert.Same(KubeletSetup.Default, KubeletSetup.Default.WithImagesOf(new HashSet<string>()));
    }

    private static IReadOnlyList<PresentImage> Images(string text) => NodeText.Read($"- platform: linux/amd64\n  images: {text}").Nodes.Single().Kubelet!.Images;
}
