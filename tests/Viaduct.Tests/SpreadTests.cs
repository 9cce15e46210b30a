using System.Text;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Planning;
using Viaduct.Spreading;

namespace Viaduct.Tests;

/// <summary>What is to be built, over machines.</summary>
public sealed class SpreadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-spread-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // images, with what each is built from; the platforms; how many jobs: the parts
    [Theory]
    [InlineData("a b", "amd64 arm64", 0, "linux-amd64: a b | linux-arm64: a b")]
    [InlineData("a b", "amd64 arm64", 2, "linux-amd64: a b | linux-arm64: a b")]
    [InlineData("a b", "amd64 arm64", 3, "linux-amd64-1: a | linux-amd64-2: b | linux-arm64: a b")]
    [InlineData("a b", "amd64 arm64", 9, "linux-amd64-1: a | linux-amd64-2: b | linux-arm64-1: a | linux-arm64-2: b")]
    [InlineData("a b<a", "amd64 arm64", 9, "linux-amd64: a b | linux-arm64: a b")]
    [InlineData("a b<a c", "amd64", 2, "linux-amd64-1: a b | linux-amd64-2: c")]
    [InlineData("a b c<a d<b e<c,d f", "amd64", 9, "linux-amd64-1: a c b d e | linux-amd64-2: f")]
    [InlineData("a b", "386 amd64 arm64", 2, "linux-arm64: a b | linux-386-and-1-more: a b")]
    [InlineData("a", "amd64", 5, "linux-amd64: a")]
    public void Platforms_are_parted_and_what_FROM_joins_is_not(string images, string platforms, int jobs, string parts)
    {
        var set = Set(images, platforms);
        Assert.Equal(parts, Shown(Spread.Over(set, Children(set), jobs == 0 ? null : jobs, p => p.Architecture == "arm64" ? "arm" : "intel")));
    }

    [Fact]
    public void Only_what_is_to_be_built_is_spread()
    {
        var set = Set("a b<a c", "amd64 arm64");
        var arm = Children(set).Single(c => c.Image == "b" && c.Platform.Architecture == "arm64");
        Assert.Equal("linux-arm64: b", Shown(Spread.Over(set, [arm], null, _ => "")));
        Assert.Empty(Spread.Over(set, [], 5, _ => ""));
    }

    [Fact]
    public void More_kinds_of_machines_than_machines_is_an_error_that_says_how_many_there_are()
    {
        var set = Set("a", "amd64 arm64");
        var error = Assert.Throws<ViaductException>(() => Spread.Over(set, Children(set), 1, p => p.Architecture));
        Assert.Equal(("VIA5050", "1 job cannot run on 2 kinds of machines: amd64, arm64"), (error.Code, error.Message));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(400)]
    public void Thirty_images_are_each_built_for_each_platform_once_whatever_the_number_of_machines(int jobs)
    {
        var set = Thirty();
        var legs = Spread.Over(set, Children(set), jobs, _ => "");
        Assert.True(legs.Count <= jobs);
        var built = legs.SelectMany(l => l.Of(set).Images.Where(i => l.Images.Contains(i.Name)).SelectMany(i => i.Platforms.Select(p => $"{i.Name} {p}"))).ToList();
        Assert.Equal(Children(set).Select(c => c.ToString()).Order(StringComparer.Ordinal), built.Order(StringComparer.Ordinal));
        Assert.Equal(legs.Select(l => l.Name).Distinct().Count(), legs.Count);
        Assert.Equal(Shown(legs), Shown(Spread.Over(set, Children(set).Reverse(), jobs, _ => "")));
    }

    [Fact]
    public void Thirty_images_over_eight_machines_have_about_the_same_to_do()
    {
        var set = Thirty();
        var legs = Spread.Over(set, Children(set), 8, _ => "");
        Assert.Equal(8, legs.Count);
        var loads = legs.Select(l => l.Images.Count * l.Platforms.Count).ToList();
        Assert.True(loads.Max() <= 2 * loads.Min(), string.Join(' ', loads));
    }

    /// <summary>Ten alone, five pairs, and two groups of five.</summary>
    private ImageSet Thirty() => Set(
        string.Join(' ', Enumerable.Range(0, 10).Select(i => $"alone{i}").Concat(Enumerable.Range(0, 5).SelectMany(i => new[] { $"base{i}", $"on{i}<base{i}" }))
            .Concat(Enumerable.Range(0, 2).SelectMany(g => Enumerable.Range(0, 5).Select(i => i == 0 ? $"root{g}" : $"leaf{g}{i}<root{g}")))), "amd64 arm64 s390x");

    private static IEnumerable<ChildId> Children(ImageSet set) => set.Images.SelectMany(i => i.Platforms.Select(p => new ChildId(i.Name, p)));

    private static string Shown(IReadOnlyList<Leg> legs) => string.Join(" | ", legs.Select(l => $"{l.Name}: {string.Join(' ', l.Images)}"));

    private ImageSet Set(string images, string platforms)
    {
        foreach (var image in images.Split(' '))
        {
            var (name, bases) = image.Split('<') is [var own, var from] ? (own, from.Split(',')) : (image, []);
            var dockerfile = new StringBuilder();
            for (var i = 0; i < bases.Length; i++) dockerfile.Append($"FROM {bases[i]} AS s{i}\n");
            dockerfile.Append(bases.Length == 0 ? "FROM scratch\n" : "").Append("COPY Dockerfile /\n");
            for (var i = 0; i + 1 < bases.Length; i++) dockerfile.Append($"COPY --from=s{i} /Dockerfile /{i}\n");
            Directory.CreateDirectory(Path.Combine(_folder, "images", name));
            File.WriteAllText(Path.Combine(_folder, "images", name, "Dockerfile"), dockerfile.ToString());
        }
        File.WriteAllText(Path.Combine(_folder, "viaduct.yaml"), $"defaults: {{ platforms: [{string.Join(", ", platforms.Split(' ').Select(p => $"linux/{p}"))}] }}\n");
        return ImageSetReader.Read(_folder, new SetOverrides());
    }
}
