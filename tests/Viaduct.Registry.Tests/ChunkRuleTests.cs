namespace Viaduct.Registry.Tests;

public sealed class ChunkRuleTests
{
    private const int Mi = 1 << 20;

    [Theory]
    [InlineData("example.com", 16 * Mi, Mi, true)]
    [InlineData("ghcr.io", 4 * Mi - 65536, Mi, true)]
    [InlineData("GHCR.IO", 4 * Mi - 65536, Mi, true)]
    [InlineData("notghcr.io", 16 * Mi, Mi, true)]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com", 16 * Mi, 5 * Mi, false)]
    [InlineData("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", 16 * Mi, 5 * Mi, false)]
    [InlineData("public.ecr.aws", 16 * Mi, 5 * Mi, false)]
    [InlineData("gcr.io", null, 0, false)]
    [InlineData("eu.gcr.io", null, 0, false)]
    [InlineData("europe-docker.pkg.dev", null, 0, false)]
    public void What_a_registry_takes_in_parts(string registry, int? size, int least, bool resumes)
    {
        var rules = ChunkRules.Of(registry);
        Assert.Equal(size, (int?)rules?.Size);
        if (rules is not null) Assert.Equal((least, resumes), ((int)rules.Least, rules.Resumes));
    }

    [Theory]
    [InlineData("example.com", 17 * Mi, 16 * Mi)]
    [InlineData("example.com", 16 * Mi, 4 * Mi)]
    [InlineData("example.com", 2 * Mi, Mi)]
    [InlineData("example.com", Mi, null)]
    [InlineData("x.dkr.ecr.y.amazonaws.com", 6 * Mi, 5 * Mi)]
    [InlineData("x.dkr.ecr.y.amazonaws.com", 5 * Mi, null)]
    public void What_was_too_large_as_a_whole_is_parted_if_it_can_be(string registry, int blob, int? first) =>
        Assert.Equal(first, (int?)ChunkRules.Of(registry)!.First(blob));
}
