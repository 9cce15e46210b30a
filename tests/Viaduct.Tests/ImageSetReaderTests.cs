using Viaduct.Configuration;
using Viaduct.Oci;

namespace Viaduct.Tests;

public sealed class ImageSetReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_with_a_Dockerfile_is_an_image_and_needs_no_configuration()
    {
        _folder.With("images/pause/Dockerfile", "FROM scratch\n");

        var image = Assert.Single(Read().Images);

        Assert.Equal("pause", image.Name);
        Assert.Equal(["linux/amd64", "linux/arm64"], image.Platforms.Select(p => p.ToString()));
        Assert.Equal(["latest"], image.Tags);
        Assert.Equal("$(NAME)-$(ARCH):$(TAG)", Assert.Single(image.Children).Text);
    }

    [Fact]
    public void Image_yaml_goes_before_the_defaults_and_the_command_line_before_both()
    {
        _folder.With("viaduct.yaml", """
            registry: registry.example/team
            defaults:
              tags: ["1"]
              platforms: [linux/s390x]
              args: {A: default, B: default}
            """)
            .With("images/one/Dockerfile", "FROM scratch\n")
            .With("images/two/Dockerfile", "FROM scratch\n")
            .With("images/two/image.yaml", "tags: ['2']\nargs: {B: own}\n");

        var set = Read();
        var (one, two) = (set.Find("one")!, set.Find("two")!);
        Assert.Equal("registry.example/team", set.Registry);
        Assert.Equal(["1"], one.Tags);
        Assert.Equal(["2"], two.Tags);
        Assert.Equal("default", two.Args["A"]);
        Assert.Equal("own", two.Args["B"]);

        var overridden = Read(new SetOverrides { Registry = "other.example", Tags = ["9"] });
        Assert.Equal("other.example", overridden.Registry);
        Assert.All(overridden.Images, i => Assert.Equal(["9"], i.Tags));
    }

    [Fact]
    public void Platforms_of_the_command_line_narrow_what_is_built_but_not_what_the_list_needs()
    {
        _folder.With("images/pause/Dockerfile", "FROM scratch\n").With("images/pause/image.yaml", "platforms: [linux/amd64, linux/arm/v7]\n");

        var image = Read(new SetOverrides { Platforms = [Platform.Parse("linux/arm")] }).Images[0];

        Assert.Equal("linux/arm/v7", Assert.Single(image.Platforms).ToString());
        Assert.Equal(2, image.Declared.Count);
        Assert.False(image.IsWhole);
    }

    [Fact]
    public void Bases_of_the_set_come_first_whatever_the_order_of_their_names()
    {
        _folder.With("images/a/Dockerfile", "FROM m\n")
            .With("images/m/Dockerfile", "ARG BASE\nFROM ${BASE}\n")
            .With("images/m/image.yaml", "base: z:latest\n")
            .With("images/z/Dockerfile", "FROM scratch\n");

        Assert.Equal(["z", "m", "a"], Read().Images.Select(i => i.Name));
    }

    [Fact]
    public void Choosing_an_image_chooses_what_it_is_built_from()
    {
        _folder.With("images/a/Dockerfile", "FROM z\n").With("images/b/Dockerfile", "FROM scratch\n").With("images/z/Dockerfile", "FROM scratch\n");

        Assert.Equal(["z", "a"], ImageGraph.Choose(Read().Images, ["a"]).Select(i => i.Name));
    }

    [Theory]
    [InlineData("viaduct.yaml", "registri: x\n", "VIA2004", "viaduct.yaml:1:1", "registry")]
    [InlineData("viaduct.yaml", "defaults:\n  tag: [a]\n", "VIA2004", "viaduct.yaml:2:3", "tags")]
    [InlineData("viaduct.yaml", "registry: [x]\n", "VIA2005", "viaduct.yaml:1:11", "")]
    [InlineData("viaduct.yaml", "registry: 'HTTP://x'\n", "VIA2006", "viaduct.yaml:1:11", "")]
    [InlineData("viaduct.yaml", "a: [\n", "VIA2002", "viaduct.yaml:2:1", "")]
    [InlineData("viaduct.yaml", "registry: a.example\nregistry: b.example\n", "VIA2002", "viaduct.yaml:2:1", "")]
    [InlineData("viaduct.yaml", "a: &x {}\nb: *x\n", "VIA2002", "viaduct.yaml:2:4", "")]
    [InlineData("viaduct.yaml", "- a\n", "VIA2005", "viaduct.yaml:1:1", "")]
    [InlineData("images/pause/image.yaml", "platforms: [linux/amd46]\n", "VIA2007", "images/pause/image.yaml:1:13", "linux/amd64")]
    [InlineData("images/pause/image.yaml", "platforms: []\n", "VIA2006", "images/pause/image.yaml:1:12", "")]
    [InlineData("images/pause/image.yaml", "tags: [a, a]\n", "VIA2006", "images/pause/image.yaml:1:7", "")]
    [InlineData("images/pause/image.yaml", "tags: ['-a']\n", "VIA2006", "images/pause/image.yaml:1:8", "")]
    [InlineData("images/pause/image.yaml", "child: $(NAME):$(TAG)\n", "VIA2006", "images/pause/image.yaml:1:8", "")]
    [InlineData("images/pause/image.yaml", "child: $(NAME)-$(ARC):$(TAG)\n", "VIA2006", "images/pause/image.yaml:1:8", "$(ARCH)")]
    [InlineData("images/pause/image.yaml", "builder: embeded\n", "VIA2006", "images/pause/image.yaml:1:10", "embedded")]
    [InlineData("images/pause/image.yaml", "child: $(NAME)-$(ARCH)-$(VARIANT):$(TAG)\n", "VIA2006", "images/pause/image.yaml:1:8", "")]
    [InlineData("images/pause/image.yaml", "args: {ARCH: mine}\n", "VIA2006", "images/pause/image.yaml:1:7", "")]
    [InlineData("images/pause/image.yaml", "name: Pause\n", "VIA2006", "images/pause/image.yaml:1:7", "")]
    public void What_cannot_be_read_is_refused_with_its_place_and_the_nearest_known_word(string file, string content, string code, string where, string hint)
    {
        _folder.With("images/pause/Dockerfile", "FROM scratch\n").With(file, content);

        var error = Assert.Throws<ViaductException>(() => Read());

        Assert.Equal(code, error.Code);
        Assert.Equal(where, error.Where);
        Assert.Contains(hint, error.Todo ?? "");
        Assert.Equal(ExitCode.Usage, error.Exit);
    }

    [Fact]
    public void Two_children_with_one_name_are_refused_when_the_files_are_read()
    {
        _folder.With("images/pause/Dockerfile", "FROM scratch\n")
            .With("images/pause/image.yaml", "platforms: [linux/amd64, windows/amd64]\n");

        var error = Assert.Throws<ViaductException>(() => Read());

        Assert.Equal("VIA2010", error.Code);
        Assert.Contains("pause-amd64:latest", error.Message);
    }

    [Fact]
    public void A_list_and_a_child_of_another_image_with_one_name_are_refused()
    {
        _folder.With("images/pause/Dockerfile", "FROM scratch\n").With("images/pause-amd64/Dockerfile", "FROM scratch\n");

        Assert.Equal("VIA2010", Assert.Throws<ViaductException>(() => Read()).Code);
    }

    [Fact]
    public void A_circle_of_bases_is_refused_by_name()
    {
        _folder.With("images/a/Dockerfile", "FROM b\n").With("images/b/Dockerfile", "FROM a\n");

        var error = Assert.Throws<ViaductException>(() => Read());

        Assert.Equal("VIA2011", error.Code);
        Assert.Contains("a -> b -> a", error.Message);
    }

    [Fact]
    public void A_base_of_the_set_that_lacks_a_platform_is_refused()
    {
        _folder.With("images/a/Dockerfile", "FROM b\n").With("images/b/Dockerfile", "FROM scratch\n").With("images/b/image.yaml", "platforms: [linux/amd64]\n");

        var error = Assert.Throws<ViaductException>(() => Read());

        Assert.Equal("VIA2012", error.Code);
        Assert.Contains("linux/arm64", error.Message);
    }

    [Fact]
    public void Two_images_with_one_name_are_refused_by_their_folders()
    {
        _folder.With("images/a/Dockerfile", "FROM scratch\n").With("images/a/image.yaml", "name: same\ntags: ['1']\n")
            .With("images/b/Dockerfile", "FROM scratch\n").With("images/b/image.yaml", "name: same\ntags: ['2']\n");

        var error = Assert.Throws<ViaductException>(() => Read());

        Assert.Equal("VIA2010", error.Code);
        Assert.Contains("images/a and images/b", error.Message);
    }

    [Fact]
    public void Other_tags_on_the_command_line_do_not_change_what_a_base_is()
    {
        _folder.With("images/a/Dockerfile", "FROM z:1.0\n").With("images/z/Dockerfile", "FROM scratch\n").With("images/z/image.yaml", "tags: ['1.0']\n");

        Assert.Equal(["z", "a"], Read(new SetOverrides { Tags = ["2.0"] }).Images.Select(i => i.Name));
    }

    [Fact]
    public void A_base_of_the_set_with_an_unknown_tag_is_never_looked_for_elsewhere()
    {
        _folder.With("images/a/Dockerfile", "FROM z:9\n").With("images/z/Dockerfile", "FROM scratch\n");

        var error = Assert.Throws<ViaductException>(() => Read());

        Assert.Equal("VIA2013", error.Code);
        Assert.Contains("docker.io/library/z:9", error.Todo);
    }

    [Fact]
    public void Deep_or_large_files_are_refused_before_they_are_understood()
    {
        _folder.With("images/pause/Dockerfile", "FROM scratch\n").With("viaduct.yaml", new string('[', 100_000));
        Assert.Equal("VIA2003", Assert.Throws<ViaductException>(() => Read()).Code);

        _folder.With("viaduct.yaml", new string('#', 2 << 20));
        Assert.Equal("VIA2003", Assert.Throws<ViaductException>(() => Read()).Code);
    }

    [Fact]
    public void A_folder_without_images_says_how_one_looks()
    {
        var error = Assert.Throws<ViaductException>(() => Read());

        Assert.Equal("VIA2008", error.Code);
        Assert.Contains("images/NAME/Dockerfile", error.Todo);
    }

    private ImageSet Read(SetOverrides? overrides = null) => ImageSetReader.Read(_folder.Path, overrides ?? new SetOverrides());
}
