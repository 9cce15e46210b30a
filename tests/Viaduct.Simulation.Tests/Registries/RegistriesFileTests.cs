using CsCheck;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class RegistriesFileTests
{
    [Theory]
    [InlineData("", "VIA6052", "r:1:1")]
    [InlineData("registries: []", "VIA6052", "r:1:13")]
    [InlineData("registries: 7", "VIA2005", "r:1:13")]
    [InlineData("registry: []", "VIA2004", "r:1:1")]
    [InlineData("registries: [a]", "VIA2005", "r:1:14")]
    [InlineData("registries: [{}]", "VIA6050", "r:1:14")]
    [InlineData("registries: [{host: 'https://a.example'}]", "VIA6050", "r:1:21")]
    [InlineData("registries: [{host: a.example, auht: none}]", "VIA2004", "r:1:32")]
    [InlineData("registries: [{host: a.example, auth: digest}]", "VIA6050", "r:1:38")]
    [InlineData("registries: [{host: a.example}, {host: A.example}]", "VIA6051", "r:1:40")]
    [InlineData("registries: [{host: a.example, auth: none, users: [{name: a, password: b}]}]", "VIA6050", "r:1:51")]
    [InlineData("registries: [{host: a.example, users: [{name: a}]}]", "VIA6050", "r:1:40")]
    [InlineData("registries: [{host: a.example, status: 200}]", "VIA6050", "r:1:40")]
    [InlineData("registries: [{host: a.example, address: 10.0.0.1}]", "VIA6050", "r:1:41")]
    [InlineData("registries: [{host: a.example, fault: timeout}]", "VIA6050", "r:1:14")]
    [InlineData("registries: [{host: a.example, repositories: {App: {}}}]", "VIA6050", "r:1:52")]
    [InlineData("registries: [{host: a.example, repositories: {app: {allow: [x]}}}]", "VIA6050", "r:1:61")]
    [InlineData("registries: [{host: a.example, repositories: {app: {tags: {v1: linux/amd46}}}}]", "VIA6050", "r:1:64")]
    [InlineData("registries: [{host: a.example, repositories: {app: {tags: {'a b': linux/amd64}}}}]", "VIA6050", "r:1:67")]
    [InlineData("registries: [{host: a.example, repositories: {app: {digests: {v1: linux/amd64}}}}]", "VIA6050", "r:1:67")]
    public void What_cannot_be_is_refused_with_its_place(string text, string code, string where)
    {
        var error = Assert.Throws<ViaductException>(() => DescribedRegistries.Parse(text, "r"));
        Assert.Equal((code, where, ExitCode.Usage), (error.Code, error.Where, error.Exit));
    }

    [Fact]
    public void A_password_is_in_no_message()
    {
        const string Secret = "sesame-7431";
        string[] texts =
        [
            $"registries: [{{host: a.example, auth: none, users: [{{name: a, password: {Secret}}}]}}]", $"registries: [{{host: a.example, users: [{{password: {Secret}}}]}}]",
            $"registries: [{{host: a.example, users: [{{name: a, password: {Secret}, x: y}}]}}]", $"registries: [{{host: a.example, users: [{{name: a, password: [{Secret}]}}]}}]",
        ];
        Assert.All(texts, t => Assert.DoesNotContain(Secret, Assert.Throws<ViaductException>(() => DescribedRegistries.Parse(t, "r")).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Mutated_files_are_read_or_refused_and_nothing_else()
    {
        const string Sound = """
            registries:
              - hosts: [docker.io, a.example]
                auth: bearer
                users: [{name: ada, password: any}]
                repositories:
                  team/app: {public: false, allow: [ada], tags: {v1: [linux/amd64, linux/arm64], one: linux/386}, status: 429}
              - {host: b.example, fault: refused, address: 10.0.0.1}
            """;
        string[] pieces = ["[", "]", "{", "}", ":", "- ", "\n", "'", "\"", "null", "~", "*x", "&x", "!!map", "\t", "linux/", "0", "\0", "é"];
        Gen.Select(Gen.Int[0, Sound.Length - 1], Gen.Int[0, 6], Gen.Int[0, pieces.Length - 1]).Array[1, 3].Sample(
            changes =>
            {
                var text = Sound;
                foreach (var (at, length, piece) in changes)
                {
                    var start = Math.Min(at, text.Length);
                    text = text[..start] + pieces[piece] + text[Math.Min(text.Length, start + length)..];
                }
                try
                {
                    DescribedRegistries.Parse(text, "r");
                }
                catch (ViaductException e)
                {
                    Assert.NotNull(e.Where);
                }
            }, iter: 10_000);
    }
}
