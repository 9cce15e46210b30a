using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>Each way in which a token service is met, with a pull and with a push, plain and over TLS: what comes of it, and how often it is asked.</summary>
public sealed class TokenModeTests
{
    // of a pull and of a push: null when it is done, else the code; and the requests for tokens
    private static readonly Dictionary<string, ((string? Code, int Tokens) Pull, (string? Code, int Tokens) Push)> Expected = new()
    {
        [""] = ((null, 1), (null, 1)),
        ["token-only"] = ((null, 1), (null, 1)),
        ["access-only"] = ((null, 1), (null, 1)),
        ["no-expiry"] = ((null, 1), (null, 1)),
        ["short"] = ((null, 2), (null, 2)),
        ["lie"] = ((null, 2), (null, 2)),
        ["dead"] = (("VIA3010", 1), ("VIA3010", 1)),
        ["rogue"] = (("VIA3010", 1), ("VIA3010", 1)),
        ["narrow"] = ((null, 1), ("VIA3010", 1)),
        ["skew-past"] = ((null, 1), (null, 1)),
        ["skew-future"] = ((null, 1), (null, 1)),
        ["busy"] = ((null, 3), (null, 3)),
        ["down"] = ((null, 3), (null, 3)),
        ["html"] = (("VIA3020", 1), ("VIA3020", 1)),
        ["empty"] = (("VIA3020", 1), ("VIA3020", 1)),
        ["deny"] = (("VIA3010", 1), ("VIA3010", 1)),
        ["post-only"] = ((null, 2), (null, 2)),
        ["get-only"] = ((null, 1), (null, 1)),
        ["redirect"] = (("VIA3021", 1), ("VIA3021", 1)),
        ["big"] = (("VIA3031", 1), ("VIA3031", 1)),
    };

    public static TheoryData<string, bool, bool> Cases() =>
        new(from mode in TokenServer.Modes from push in new[] { false, true } from tls in new[] { false, true } select (mode, push, tls));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_token_service_is_met_as_it_is(string mode, bool push, bool tls)
    {
        var (code, tokens) = push ? Expected[mode].Push : Expected[mode].Pull;
        await using var bed = await AuthBed.StartAsync(mode, tls);
        using var client = bed.Client(TokenServer.Alice);
        var repository = client.Repository(bed.Registry);
        var (blob, manifest) = Image();
        if (!push) await bed.SeedAsync(manifest, blob);
        var doing = push ? PushAsync(bed, repository, blob, manifest) : PullAsync(bed, repository, blob);
        if (code is null) await doing;
        else Assert.Equal(code, (await Assert.ThrowsAnyAsync<ViaductException>(() => doing)).Code);
        Assert.Equal(tokens, bed.Service.Seen.Count);
        Assert.True(bed.Registry.Seen.Count(s => s.Authorization is null) <= 1);
        Assert.Equal(push && code is null, bed.Has(blob) && push);
        bed.AssertCredentialsStayed();
    }

    [Theory]
    [InlineData("", "GET", null)]
    [InlineData("narrow", "GET", null)]
    [InlineData("post-only", "GET", "VIA3010")]
    public async Task Without_a_credential_a_service_is_asked_for_what_everybody_may_do(string mode, string methods, string? code)
    {
        await using var bed = await AuthBed.StartAsync(mode);
        using var client = bed.Client(null);
        var (blob, manifest) = Image();
        await bed.SeedAsync(manifest, blob);
        var doing = PullAsync(bed, client.Repository(bed.Registry), blob);
        if (code is null) await doing;
        else Assert.Equal(code, (await Assert.ThrowsAnyAsync<ViaductException>(() => doing)).Code);
        Assert.Equal(methods, string.Join(' ', bed.Service.Seen.Select(s => s.Method)));
        Assert.All(bed.Service.Seen, s => Assert.Null(s.Authorization));
    }

    [Theory]
    [InlineData("")]
    [InlineData("narrow")]
    [InlineData("get-only")]
    public async Task A_wrong_password_is_told_once(string mode)
    {
        await using var bed = await AuthBed.StartAsync(mode);
        using var client = bed.Client(new Credential("alice", "no"));
        var e = await Assert.ThrowsAsync<RegistryException>(() => client.Repository(bed.Registry).FindManifestAsync("v1", default));
        Assert.Equal((FailureKind.Denied, true, 401), (e.Kind, e.IsTokenService, e.Status));
        Assert.Single(bed.Service.Seen);
    }

    private static async Task PushAsync(AuthBed bed, RepositoryClient repository, Blob blob, RawManifest manifest)
    {
        await repository.PushBlobAsync(blob, default);
        bed.Clock.Advance(TokenServer.Short + TimeSpan.FromSeconds(1));
        await repository.TagAsync("v1", manifest, default);
    }

    private static async Task PullAsync(AuthBed bed, RepositoryClient repository, Blob blob)
    {
        Assert.NotNull(await repository.FindManifestAsync("v1", default));
        bed.Clock.Advance(TokenServer.Short + TimeSpan.FromSeconds(1));
        Assert.Equal(blob.Descriptor.Size, (await repository.ReadSmallBlobAsync(blob.Descriptor, 1 << 20, default)).Length);
    }

    private static (Blob Blob, RawManifest Manifest) Image()
    {
        var blob = Samples.Blob(1000);
        return (blob, new ImageManifest(blob.Descriptor, []).ToManifest());
    }
}
