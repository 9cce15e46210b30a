using CsCheck;

namespace Viaduct.Registry.Tests;

public sealed class ChallengeTests
{
    [Theory]
    [InlineData("""Bearer realm="https://a/t",service="s",scope="repository:x:pull,push repository:y:pull" """, "Bearer", "https://a/t", "s", "repository:x:pull,push repository:y:pull")]
    [InlineData("""bearer realm=https://a/t, service=s""", "bearer", "https://a/t", "s", "")]
    [InlineData("""Basic realm="x", Bearer realm="https://a/t",service="s" """, "Bearer", "https://a/t", "s", "")]
    [InlineData("""Bearer realm="https://a/t",service="a, \"b\"",scope="repository:h:5000/x:pull" """, "Bearer", "https://a/t", "a, \"b\"", "repository:h:5000/x:pull")]
    [InlineData("""Bearer realm="https://a/t",scope="repository:x:pull",scope="registry:catalog:*" """, "Bearer", "https://a/t", null, "registry:catalog:* repository:x:pull")]
    [InlineData("""Negotiate abc==, Basic realm="x" """, "Basic", "x", null, "")]
    [InlineData("""Basic""", "Basic", null, null, "")]
    [InlineData("""Bearer service="s" """, null, null, null, null)]
    [InlineData("""Digest realm="x",nonce="y" """, null, null, null, null)]
    [InlineData("""=,,"=""", null, null, null, null)]
    [InlineData("", null, null, null, null)]
    public void The_best_challenge_is_chosen_and_read(string header, string? scheme, string? realm, string? service, string? scopes)
    {
        var challenge = Challenge.Choose([header]);
        Assert.Equal(scheme, challenge?.Scheme);
        Assert.Equal(realm, challenge?.Realm);
        Assert.Equal(service, challenge?.Service);
        Assert.Equal(scopes, challenge?.Scopes.ToString());
    }

    [Fact]
    public void A_bearer_challenge_in_a_second_header_is_found() =>
        Assert.True(Challenge.Choose(["Basic realm=\"x\"", "Bearer realm=\"https://a/t\""])!.IsBearer);

    [Fact]
    public void Nothing_that_a_registry_sends_breaks_the_parser() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["Bearr lm=\",\\:/;x \t"], 0, 80]).Sample(text => ChallengeParser.Parse(text).Count <= 64);

    [Fact]
    public void What_was_quoted_comes_back() =>
        Gen.String[Gen.Char[' ', '~'], 0, 40].Sample(value =>
            Challenge.Choose([$"Bearer realm=\"https://a\",service=\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\""])!.Service == value);
}
