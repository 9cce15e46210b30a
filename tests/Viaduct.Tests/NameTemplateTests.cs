using Viaduct.Configuration;
using Viaduct.Oci;

namespace Viaduct.Tests;

public sealed class NameTemplateTests
{
    [Theory]
    [InlineData("$(NAME)-$(ARCH):$(TAG)", "linux/amd64", "pause-amd64:3.10")]
    [InlineData("$(NAME)-$(ARCH):$(TAG)", "linux/arm", "pause-arm:3.10")]
    [InlineData("$(NAME)-$(ARCH):$(TAG)", "linux/arm/v7", "pause-arm:3.10")]
    [InlineData("$(NAME)-$(ARCH):$(TAG)", "linux/arm/v6", "pause-armv6:3.10")]
    [InlineData("$(NAME)-$(ARCH):$(TAG)", "linux/arm64/v8", "pause-arm64:3.10")]
    [InlineData("$(NAME)-$(ARCH):$(TAG)", "linux/amd64/v3", "pause-amd64v3:3.10")]
    [InlineData("$(NAME)-$(ARCH):$(TAG)", "linux/386", "pause-386:3.10")]
    [InlineData("$(NAME):$(TAG)-$(OS)-$(ARCH)", "linux/ppc64le", "pause:3.10-linux-ppc64le")]
    public void A_childs_name_depends_on_its_platform_alone(string template, string platform, string name) =>
        Assert.Equal(name, NameTemplate.Parse(template, "here").Expand("pause", "3.10", Platform.Parse(platform)));
}
