using Viaduct.Manifests;
using Viaduct.Oci;
using static Viaduct.Tests.Manifests.StoreHome;

namespace Viaduct.Tests.Manifests;

/// <summary>Images of a list by their names, and names by their folders.</summary>
public sealed class StoreListTests
{
    [Fact]
    public void Two_images_that_docker_keeps_in_one_file_are_both_in_the_list()
    {
        var (one, other) = (Image("h.example/app:1-amd64"), Image("h.example/app-1:amd64"));
        var list = New(List, one, other);
        Assert.Equal(["h.example_app-1-amd64", "h.example_app-1-amd64@"], list.Entries.Select(e => e.File[..Math.Min(22, e.File.Length)]));
        Assert.Equal("h.example_app-1-amd64@".Length + 12, list.Entries[1].File.Length);
        Assert.Equal(one, list.Find(one.Ref)!.Image);
        Assert.Equal(other, list.Find(other.Ref)!.Image);
        Assert.Equal(list.Entries.Select(e => e.File), list.With(other).Entries.Select(e => e.File));
        Assert.Equal(list.Entries[1].File, list.Without(list.Entries[0]).With(other).Entries[0].File);
    }

    [Fact]
    public void An_image_is_found_by_its_name_and_by_its_digest_in_its_repository()
    {
        var image = Image("h.example/app:1");
        var list = New(List, image, Image("h.example/app:2"));
        Assert.Equal(image, list.Find(Reference.Parse("h.example/app:1"))!.Image);
        Assert.Equal(image, list.Find(Reference.Parse("h.example/app").WithDigest(image.Descriptor.Digest))!.Image);
        Assert.Null(list.Find(Reference.Parse("h.example/other").WithDigest(image.Descriptor.Digest)));
        Assert.Null(list.Find(Reference.Parse("h.example/app:3")));
    }

    [Fact]
    public void A_name_with_a_digest_and_the_same_name_with_a_tag_are_two_entries_as_for_docker()
    {
        var image = Image("h.example/app:1");
        var byDigest = image with { Ref = Reference.Parse("h.example/app").WithDigest(image.Descriptor.Digest) };
        var list = New(List, image, byDigest);
        Assert.Equal(2, list.Entries.Count);
        Assert.Equal(byDigest, list.Find(byDigest.Ref)!.Image);
    }

    [Fact]
    public void The_order_is_that_of_the_bytes_of_the_file_names() => Assert.Equal(
        ["h.example_B-1", "h.example_a-1", "h.example_a-1.0", "h.example_a_b-1"],
        StoreNames.InOrder(new[] { "h.example_a_b-1", "h.example_a-1.0", "h.example_a-1", "h.example_B-1" }.Select(f => new StoredEntry(f, Image("h.example/x:1")))).Select(e => e.File));

    [Fact]
    public void What_is_beside_an_image_goes_with_it_unless_another_entry_has_the_same_content()
    {
        var image = Image("h.example/app:1");
        var twin = image with { Ref = Reference.Parse("h.example/app:2") };
        var list = New(List, image, twin) with
        {
            Companion = new Companion(List) { Attestations = [AttestationOf(image)], Sources = new Dictionary<Digest, string> { [image.Descriptor.Digest] = "oci:/d" } },
        };
        var left = list.Without(list.Find(image.Ref)!);
        Assert.Single(left.Companion.Attestations);
        Assert.Single(left.Companion.Sources);
        left = left.Without(left.Entries[0]);
        Assert.Empty(left.Companion.Attestations);
        Assert.Empty(left.Companion.Sources);
    }

    [Theory]
    [InlineData("127.0.0.1-15500_pause-3.9", "127.0.0.1:15500/pause:3.9")]
    [InlineData("docker.io_library_foo-latest", "docker.io/library/foo:latest")]
    [InlineData("docker.io_me_foo-1", "docker.io/me/foo:1")]
    [InlineData("localhost_a-1", "localhost/a:1")]
    [InlineData("localhost-5000_a-1", "localhost:5000/a:1")]
    [InlineData("[--1]-5000_a-1", "[::1]:5000/a:1")]
    [InlineData("ghcr.io_me_app@sha256-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "ghcr.io/me/app@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "ghcr.io/me_app@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("h.example_kube-proxy-v1", "h.example/kube-proxy:v1", "h.example/kube:proxy-v1")]
    [InlineData("h.example_a_b-1", "h.example/a/b:1", "h.example/a_b:1")]
    [InlineData("backup")]
    [InlineData("h.example_")]
    [InlineData("h.example_A-1")]
    public void Lists_that_a_folder_may_be(string folder, params string[] names)
    {
        Assert.Equal(names, ListNames.Of(folder, []).Select(n => n.ToString()));
        Assert.All(names, n => Assert.Equal(folder, ManifestList.StoreName(Reference.Parse(n))));
    }

    [Fact]
    public void Of_the_lists_that_a_folder_may_be_one_named_like_its_images_comes_first() =>
        Assert.Equal("h.example/kube:proxy-v1", ListNames.Of("h.example_kube-proxy-v1", New(List, Image("h.example/kube:amd64")).Entries)[0].ToString());

    [Fact]
    public void A_folder_with_many_underscores_is_not_worth_all_its_readings() =>
        Assert.InRange(ListNames.Of("h.example_" + string.Join('_', Enumerable.Repeat("a", 60)) + "-1", []).Count, 1, 2);
}
