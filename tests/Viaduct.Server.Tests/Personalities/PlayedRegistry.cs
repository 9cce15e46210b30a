using System.Text;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Server.Tests.Personalities;

/// <summary>An embedded registry in a part, and one of its accounts.</summary>
internal sealed class PlayedRegistry : IAsyncDisposable
{
    private readonly TestRegistry _registry;
    private readonly Dictionary<string, string> _tokenPaths = new() { ["ghcr"] = "/token", ["hub"] = "/token", ["gar"] = "/v2/token", ["artifactory"] = "/v2/token", ["quay"] = "/v2/auth", ["harbor"] = "/service/token" };

    private PlayedRegistry(TestRegistry registry, Rehearsal rehearsal) => (_registry, Rehearsal) = (registry, rehearsal);

    public Rehearsal Rehearsal { get; }

    public string Address => _registry.Server.Address;

    public string TokenPath => _tokenPaths[Rehearsal.Name];

    /// <summary>What every request shows besides its own headers; null for nothing.</summary>
    public string? Authorization { get; set; }

    public string Basic => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Rehearsal.Accounts[0].Name}:{Rehearsal.Accounts[0].Password}"));

    /// <param name="settings">As after <c>--set</c>.</param>
    public static async Task<PlayedRegistry> StartAsync(string name, string[]? settings = null, TimeProvider? clock = null, string scope = "repository:team/app:pull,push,delete repository:team/other:pull,push")
    {
        var rehearsal = new Rehearsal(name, [], settings ?? []);
        var registry = await TestRegistry.StartAsync(change: o => o with { Rehearsal = rehearsal, Clock = clock ?? TimeProvider.System });
        var played = new PlayedRegistry(registry, rehearsal);
        played.Authorization = name == "ecr" ? played.Basic : "Bearer " + await played.TokenAsync(scope.Replace(",delete", name == "quay" ? "" : ",delete"), played.Basic);
        return played;
    }

    /// <param name="basic">Null for nobody.</param>
    public async Task<string> TokenAsync(string scope, string? basic)
    {
        using var answer = await _registry.SendAsync("GET", $"{TokenPath}?scope={Uri.EscapeDataString(scope)}", null, basic is null ? [] : [("Authorization", basic)]);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        return document.RootElement.GetProperty("token").GetString()!;
    }

    public Task<HttpResponseMessage> SendAsync(string method, string path, byte[]? body = null, params (string Name, string Value)[] headers) =>
        _registry.SendAsync(method, path, body, Authorization is null || headers.Any(h => h.Name == "Authorization") ? headers : [.. headers, ("Authorization", Authorization)]);

    /// <summary>Status, and the code of the error if there is one: <c>404 NAME_UNKNOWN</c>.</summary>
    public async Task<string> AnswerAsync(string method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(method, path, body, headers);
        var status = (int)answer.StatusCode;
        return status < 400 || method == "HEAD" || answer.Content.Headers.ContentType?.MediaType != "application/json" || answer.Content.Headers.ContentLength == 0 ? $"{status}" : $"{status} {await answer.ErrorAsync()}";
    }

    public async Task<string> BeginAsync(string repository = "team/app")
    {
        using var answer = await SendAsync("POST", $"/v2/{repository}/blobs/uploads/");
        Assert.Equal(202, (int)answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    public async Task<Digest> PushBlobAsync(byte[] bytes, string repository = "team/app")
    {
        var digest = Digest.Sha256(bytes);
        Assert.Equal("201", await AnswerAsync("PUT", $"{await BeginAsync(repository)}?digest={digest}", bytes));
        return digest;
    }

    public async Task<(string Answer, Digest Digest)> PutAsync(string tag, string repository = "team/app", string config = "{}")
    {
        var bytes = TestRegistry.Image(Encoding.UTF8.GetBytes(config), [1]);
        await PushBlobAsync(Encoding.UTF8.GetBytes(config), repository);
        await PushBlobAsync([1], repository);
        return (await AnswerAsync("PUT", $"/v2/{repository}/manifests/{tag}", bytes, ("Content-Type", MediaTypes.OciManifest)), Digest.Sha256(bytes));
    }

    public ValueTask DisposeAsync() => _registry.DisposeAsync();
}
