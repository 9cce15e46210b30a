namespace Viaduct.Simulation.Tests;

/// <summary>What of a message is shown again, and what is not.</summary>
public sealed class MessageCleanerTests
{
    [Theory]
    [InlineData("https://robot:hunter2@r.example/v2/", "https://…@r.example/v2/")]
    [InlineData("https://robot:hun@ter2@r.example/v2/", "https://…@r.example/v2/")]
    [InlineData("https://hunter2@r.example/v2/", "https://…@r.example/v2/")]
    [InlineData("image \"robot:hunter2@r.example/app:1\"", "image \"…@r.example/app:1\"")]
    [InlineData("Get \"https://s3.example/blob?X-Signature=hunter2&x=1\": 403", "Get \"https://s3.example/blob?…\": 403")]
    [InlineData("https://r.example/token?scope=a:b:pull&token=hunter2: 401 Unauthorized", "https://r.example/token?…: 401 Unauthorized")]
    [InlineData("Authorization: Bearer hunter2", "Authorization: Bearer …")]
    [InlineData("authorization=\"Basic hunter2==\"", "authorization=\"Basic …\"")]
    [InlineData("sent Bearer hunter2hunter2, refused", "sent Bearer …, refused")]
    [InlineData("{\"auths\":{\"r.example\":{\"auth\":\"hunter2=\",\"identitytoken\" : \"hunter2\"}}}", "{\"auths\":{\"r.example\":{\"auth\":\"…\",\"identitytoken\" : \"…\"}}}")]
    [InlineData("{\"username\":\"ada\",\"password\":\"hunter2 hunter2\"}", "{\"username\":\"ada\",\"password\":\"…\"}")]
    [InlineData("kubectl create --docker-password=hunter2 --docker-server=r.example", "kubectl create --docker-password=… --docker-server=r.example")]
    [InlineData("docker-password hunter2", "docker-password …")]
    [InlineData("got eyJhbGciOi.hunter2.abc", "got …")]
    public void Secrets_are_left_out(string line, string shown) => Assert.Equal(shown, MessageCleaner.Clean(line));

    [Theory]
    [InlineData("Failed to pull image \"r.example:5000/a:1@sha256:ab\": 401 Unauthorized")]
    [InlineData("docker://r.example/app@sha256:ab is it there? yes")]
    [InlineData("no basic auth credentials")]
    [InlineData("Requesting bearer token: invalid status code from registry 403 (Forbidden)")]
    [InlineData("failed to fetch anonymous token: unexpected status from GET request to https://r.example/token: 404 Not Found")]
    [InlineData("read udp 10.0.0.5:4711->10.0.0.2:53: i/o timeout")]
    public void What_is_needed_stays(string line) => Assert.Equal(line, MessageCleaner.Clean(line));

    [Theory]
    [InlineData("\u001b[31mFailed\u001b[0m to\tpull", "Failed to pull")]
    [InlineData("a\u001b]0;title\u0007b\u009bc\u202ed", "a\uFFFD]0;title\uFFFDb\uFFFDc\uFFFDd")]
    public void What_steers_a_terminal_is_taken_out(string line, string shown) => Assert.Equal(shown, MessageCleaner.Clean(line));

    [Theory]
    [InlineData("Get \"https://robot:hunter2@r.example/v2/?X-Amz-Signature=hunter2\": Authorization: Bearer hunter2 403 Forbidden")]
    [InlineData("couldn't parse image name \"https://robot:hunter2@r.example/app:1\": invalid reference format")]
    [InlineData("Error: Head docker://robot:hunter2@r.example/app:1: manifest unknown")]
    public void Neither_the_line_nor_the_names_nor_the_commands_hold_secrets(string message)
    {
        var read = Assert.Single(MessageReader.Read(message));
        Assert.All([read.Line, read.Facts.ToString(), .. read.Causes.SelectMany(c => new[] { c.Check, c.Remedy })], t => Assert.DoesNotContain("hunter2", t));
    }
}
