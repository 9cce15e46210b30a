using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class MirrorAddressTests
{
    [Theory]
    [InlineData("mirror.example", "https://mirror.example/")]
    [InlineData("mirror.example:5000/hub", "https://mirror.example:5000/hub")]
    [InlineData("127.0.0.1:5000", "http://127.0.0.1:5000/")]
    [InlineData("ftp://mirror.example", null)]
    [InlineData("https://user:secret@mirror.example", null)]
    [InlineData("https://mirror.example/?x=1", null)]
    [InlineData("https://", null)]
    public void The_address_of_a_mirror_is_an_HTTP_address_and_no_more(string text, string? root)
    {
        if (root is not null) Assert.Equal(root, RegistryMirror.Parse(text).Root.ToString());
        else Assert.Equal("VIA3064", Assert.Throws<ViaductException>(() => RegistryMirror.Parse(text)).Code);
    }

    // what may stand on a command line, in a variable or in a file, and how it is shown
    [Theory]
    [InlineData("https://mirror.example:5000/hub", "https://mirror.example:5000/hub")]
    [InlineData("docker.io=https://user:hunter2@mirror", "docker.io=https://mirror")]
    [InlineData("127.0.0.1:5000=http://user:hunter2@mirror", "127.0.0.1:5000=http://mirror")]
    [InlineData("ftp://user:hunter2@mirror/x", "ftp://mirror/x")]
    [InlineData("user:hunter2@mirror", "mirror")]
    [InlineData("https://user:hun@ter/2@mirror", "https://mirror")]
    [InlineData("https://user:hun=ter2@mirror", "https://mirror")]
    [InlineData("user:hunter2://x@mirror", "mirror")]
    [InlineData("docker.io=https://user:hunter2", "docker.io=https://user:…")]
    [InlineData("https://mirror/?password=hunter2", "https://mirror/")]
    public void A_password_in_an_address_is_not_shown(string text, string shown)
    {
        Assert.Equal(shown, MirrorWords.Shown(text));
        try
        {
            RegistryMirror.Parse(text);
        }
        catch (ViaductException e)
        {
            Assert.DoesNotContain("hun", e.Render(), StringComparison.Ordinal);
        }
    }
}
