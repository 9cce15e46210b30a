using System.Net;
using System.Text;
using Viaduct.Oci;

namespace Viaduct.Cli.Tests;

/// <summary>A registry without a list of referrers, whose index under the tag names what is about something else, and which may refuse deletions.</summary>
public sealed class ListedReferrerTests : IDisposable
{
    private static readonly RawManifest Image = Manifest(""), Stranger = Manifest(",\"annotations\":{\"a\":\"1\"}");

    private static readonly RawManifest About = Manifest($$""","subject":{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{Image.Digest}}","size":{{Image.Bytes.Length}}}""");

    private readonly Place _place = new();
    private readonly HttpListener _listener = new();
    private readonly List<string> _deleted = [];
    private readonly string _host = $"127.0.0.1:{Place.FreePort()}";
    private int _status = 202;
    private string _list = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{Entry(Stranger)}},{{Entry(About)}}]}""";

    public ListedReferrerTests()
    {
        _listener.Prefixes.Add($"http://{_host}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public void Dispose()
    {
        _listener.Close();
        _place.Dispose();
    }

    private static RawManifest Manifest(string more) => RawManifest.Parse(Encoding.UTF8.GetBytes(
        $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","artifactType":"x/y\u001b[31m","config":{"mediaType":"a/b","digest":"{{Digest.Sha256("{}"u8)}}","size":2},"layers":[]{{more}}}"""), null);

    private static string Entry(RawManifest m) => $$"""{"mediaType":"{{m.MediaType}}","digest":"{{m.Digest}}","size":{{m.Bytes.Length}},"artifactType":"x/y\u001b[31m"}""";

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext http;
            try
            {
                http = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            Answer(http);
        }
    }

    private void Answer(HttpListenerContext http)
    {
        var name = http.Request.Url!.AbsolutePath.Split('/')[^1];
        var body = name == $"sha256-{Image.Digest.Hex}" ? _list
            : name == "list" ? """{"tags":[]}"""
            : http.Request.RawUrl!.Contains("/manifests/", StringComparison.Ordinal) && new[] { Image, Stranger, About }.FirstOrDefault(m => m.Digest.ToString() == name) is { } found ? Encoding.UTF8.GetString(found.Bytes.Span)
            : null;
        http.Response.AddHeader("Docker-Distribution-Api-Version", "registry/2.0");
        http.Response.StatusCode = body is null ? 404 : 200;
        if (http.Request.HttpMethod == "DELETE") (http.Response.StatusCode, body) = (_status, "{}");
        if (http.Request.HttpMethod == "DELETE") _deleted.Add(name);
        if (http.Request.HttpMethod == "PUT")
        {
            _list = new StreamReader(http.Request.InputStream).ReadToEnd();
            (http.Response.StatusCode, body) = (201, "{}");
        }
        var bytes = Encoding.UTF8.GetBytes(body ?? """{"errors":[{"code":"MANIFEST_UNKNOWN"}]}""");
        http.Response.ContentType = body?.Contains("\"manifests\"", StringComparison.Ordinal) == true ? MediaTypes.OciIndex : body?.Contains("\"layers\"", StringComparison.Ordinal) == true ? MediaTypes.OciManifest : "application/json";
        http.Response.ContentLength64 = bytes.Length;
        if (http.Request.HttpMethod != "HEAD") http.Response.OutputStream.Write(bytes);
        http.Response.Close();
    }

    [Fact]
    public async Task What_a_list_claims_is_held_against_the_manifest()
    {
        var dry = await _place.RunAsync("delete", $"{_host}/app@{Image.Digest}", "--dry-run");
        Assert.Contains($"  {Stranger.Digest} is listed as being about it, is not, and stays\n", dry.Output);
        Assert.Contains($"{About.Digest}, which is about it\n", dry.Output);
        Assert.Empty(_deleted);
    }

    // what the registry answers to the deletion of the manifest: nothing else is deleted
    [Theory]
    [InlineData(403, "VIA3010")]
    [InlineData(404, "VIA9063")]
    public async Task What_is_about_a_manifest_stays_where_that_is_refused(int status, string code)
    {
        _status = status;
        var outcome = await _place.RunAsync("delete", $"{_host}/app@{Image.Digest}", "--yes");
        Assert.StartsWith($"error {code}", outcome.Error);
        Assert.Equal([Image.Digest.ToString()], _deleted);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public async Task The_manifest_goes_before_what_is_about_it()
    {
        Assert.Equal(0, (await _place.RunAsync("delete", $"{_host}/app@{Image.Digest}", "--yes")).Exit);
        Assert.Equal([Image.Digest.ToString(), About.Digest.ToString()], _deleted);
    }

    [Fact]
    public async Task No_type_of_a_referrer_steers_a_terminal()
    {
        var shown = (await _place.RunAsync("referrers", $"{_host}/app@{Image.Digest}")).Output;
        Assert.Contains("x/y?[31m", shown);
        Assert.DoesNotContain('\u001b', shown);
    }

    [Fact]
    public async Task What_is_listed_as_being_about_an_image_and_names_another_fails_its_verification()
    {
        var outcome = await _place.RunAsync("verify", $"{_host}/app@{Image.Digest}");
        Assert.Equal(6, outcome.Exit);
        Assert.Contains($"  other       x/y?[31m; attached, unsigned  {About.Digest.Short}\n", outcome.Output);
        Assert.Contains($"  failure VIA5081: the manifest is about nothing and not about {Image.Digest}\n", outcome.Output);
    }
}
