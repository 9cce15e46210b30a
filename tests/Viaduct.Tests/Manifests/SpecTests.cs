using System.Text;
using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Tests.Manifests;

public sealed class SpecTests
{
    [Fact]
    public void A_file_of_manifest_tool_is_read()
    {
        var spec = Read("""
            image: reg.example:5000/some:latest
            tags: ["1.0.0", 1.0, "1"]
            manifests:
              -
                image: reg.example:5000/some:arm64
                platform:
                  architecture: arm64
                  os: linux
              - image: reg.example:5000/some:win
                platform: { os: windows, architecture: amd64, osversion: 10.0.1, osfeatures: [win32k] }
              - image: reg.example:5000/some:auto
              - image: oci:out:1
            annotations:
              org.opencontainers.image.description: words
            """);

        Assert.Equal("reg.example:5000/some:latest", spec.List.ToString());
        Assert.Equal(["1.0.0", "1.0", "1"], spec.Tags);
        Assert.Equal(["reg.example:5000/some:arm64", "reg.example:5000/some:win", "reg.example:5000/some:auto", "oci:out:1"], spec.Children.Select(c => c.Text));
        Assert.Equal(new Platform("linux", "arm64"), spec.Children[0].Platform);
        Assert.Equal(new Platform("windows", "amd64") { OsVersion = "10.0.1", OsFeatures = ["win32k"] }, spec.Children[1].Platform);
        Assert.Null(spec.Children[2].Platform);
        Assert.Equal("words", spec.Annotations["org.opencontainers.image.description"]);
    }

    [Fact]
    public void The_names_of_the_JSON_are_understood_too() =>
        Assert.Equal(new Platform("windows", "amd64") { OsVersion = "10", OsFeatures = ["a", "b"] },
            Read("image: l\nmanifests: [{image: a, platform: {os: windows, architecture: amd64, os.version: \"10\", os.features: [a, b]}}]").Children[0].Platform);

    [Fact]
    public void What_no_list_can_hold_is_left_out_with_a_word() =>
        Assert.Equal("spec.yaml:2:69: lists have no 'features' any more, and they were left out",
            Read("image: l\nmanifests: [{image: a, platform: {os: l, architecture: m, features: [sse4]}}]").Children[0].Remark);

    [Theory]
    [InlineData("manifests: [{image: a}]", "VIA5140", "spec.yaml:1:1")]
    [InlineData("image: l", "VIA5140", "spec.yaml:1:1")]
    [InlineData("image: l\nmanifests: []", "VIA5140", "spec.yaml:2:12")]
    [InlineData("image: UPPER\nmanifests: [{image: a}]", "VIA5140", "spec.yaml:1:8")]
    [InlineData("image: l\nmanifests:\n  - image: a b", "VIA5140", "spec.yaml:3:12")]
    [InlineData("image: l\nmanifests:\n  - platform: {os: linux}", "VIA5140", "spec.yaml:3:5")]
    [InlineData("image: l\ntags: [a, 'b c']\nmanifests: [{image: a}]", "VIA5140", "spec.yaml:2:11")]
    [InlineData("image: l\nmanifest: [{image: a}]", "VIA2004", "spec.yaml:2:1")]
    [InlineData("image: l\nmanifests: [a]", "VIA2005", "spec.yaml:2:13")]
    [InlineData("image: l\nmanifests:\n  - image: \"oci:a\\0b\"", "VIA5140", "spec.yaml:3:12")]
    [InlineData("image: l\nmanifests:\n  - image: 'docker-daemon:'", "VIA5140", "spec.yaml:3:12")]
    [InlineData("image: [", "VIA2002", null)]
    public void What_is_wrong_is_said_with_its_place(string yaml, string code, string? where)
    {
        var error = Assert.Throws<ViaductException>(() => Read(yaml));

        Assert.Equal(code, error.Code);
        if (where is not null) Assert.Equal(where, error.Where);
    }

    [Theory]
    [InlineData("app-ARCH:1", "app-amd64:1", "app-arm:1")]
    [InlineData("app:OS-ARCHVARIANT", "app:linux-amd64", "app:linux-armv7")]
    [InlineData("ARCH/app:ARCH", "amd64/app:amd64", "arm/app:arm")]
    public void A_template_has_a_name_for_each_platform(string template, string first, string second)
    {
        var children = ListSpec.OfTemplate(template, [new("linux", "amd64"), new("linux", "arm", "v7")], mayBeMissing: true);

        Assert.Equal([new(first, new("linux", "amd64"), true), new(second, new Platform("linux", "arm", "v7"), true)], children);
    }

    [Theory]
    [InlineData("app:ARCH", "VARIANT")]
    [InlineData("app:1", "OS, ARCH and VARIANT")]
    public void Two_platforms_with_one_name_are_refused(string template, string todo)
    {
        var error = Assert.Throws<ViaductException>(() => ListSpec.OfTemplate(template, [new("linux", "arm", "v6"), new("linux", "arm", "v7")], false));

        Assert.Equal("VIA5141", error.Code);
        Assert.StartsWith(todo, error.Todo);
    }

    private static ListSpec Read(string yaml) => ListSpec.Read(Encoding.UTF8.GetBytes(yaml), "spec.yaml");
}
