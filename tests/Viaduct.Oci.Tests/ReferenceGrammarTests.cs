using System.Net;
using System.Text.RegularExpressions;
using CsCheck;

namespace Viaduct.Oci.Tests;

public sealed partial class ReferenceGrammarTests
{
    private static readonly string[] Parts = ["a", "b", "z9", "0", "A", "_", "__", "-", "--", ".", "/", ":", "@", "ä", "[", "]", "::", " ", "\n"];

    private static readonly Gen<string> Words = Gen.Int[0, Parts.Length - 1].Select(i => Parts[i])
        .Array[0, 8].Select(string.Concat);

    [Fact]
    public void A_tag_is_what_the_pattern_of_the_spec_takes() =>
        Gen.Select(Words, Gen.Char["a.\u007f"].Array[0, 130].Select(c => new string(c)), (a, b) => (a, b)).Sample(
            t => ReferenceGrammar.IsTag(t.a) == Tag().IsMatch(t.a) && ReferenceGrammar.IsTag(t.b) == Tag().IsMatch(t.b), iter: 20_000);

    [Fact]
    public void A_repository_is_what_the_pattern_of_the_spec_takes() =>
        Words.Sample(text => ReferenceGrammar.IsRepository(text) == Repository().IsMatch(text), iter: 50_000);

    [Fact]
    public void A_registry_is_what_the_pattern_of_docker_takes_and_in_brackets_an_address() =>
        Words.Sample(text => ReferenceGrammar.IsRegistry(text) == (Registry().IsMatch(text) && (text[0] != '[' || IPAddress.TryParse(text[1..text.IndexOf(']')], out _))), iter: 50_000);

    [Fact]
    public void What_parses_is_written_and_read_again_and_fits_a_url() =>
        Words.Sample(text =>
        {
            if (!Reference.TryParse(text, out var reference)) return;
            Assert.Equal(reference, Reference.Parse(reference.ToString()));
            var uri = new Uri($"https://{reference.Registry}/v2/{reference.Repository}/manifests/{reference.TagOrDigest}");
            Assert.Equal($"/v2/{reference.Repository}/manifests/{reference.TagOrDigest}", uri.AbsolutePath);
        }, iter: 50_000);

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_tag_has_at_most_128_characters(int length, bool valid) => Assert.Equal(valid, ReferenceGrammar.IsTag(new string('t', length)));

    [Theory]
    [InlineData("h:0", true)]
    [InlineData("h:65535", true)]
    [InlineData("h:65536", false)]
    [InlineData("h:", false)]
    [InlineData("[::1]:5000", true)]
    [InlineData("[::1]5000", false)]
    [InlineData("[:]", false)]
    [InlineData("[1:2]", false)]
    [InlineData("[::ffff:127.0.0.1]", false)]
    public void A_port_is_one_that_a_host_can_have(string registry, bool valid) => Assert.Equal(valid, ReferenceGrammar.IsRegistry(registry));

    [GeneratedRegex(@"^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\z")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex Repository();

    [GeneratedRegex(@"^((?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?\z")]
    private static partial Regex Registry();
}
