using Viaduct.Attestations;
using Viaduct.Oci;
using Viaduct.Simulation;
using static Viaduct.Tests.Attestations.ReviewBed;

namespace Viaduct.Tests.Attestations;

/// <summary>Statements that lie in a list or beside it, in order and in every way that they can be wrong.</summary>
public sealed class ReviewTests
{
    [Fact]
    public async Task What_BuildKit_puts_into_a_list_is_read()
    {
        using var bed = await MakeAsync();
        await bed.AttestAsync(bed.Amd64, (SlsaV1, Statement(bed.Amd64.Digest, SlsaV1, Provenance1())), (Spdx, Statement(bed.Amd64.Digest, Spdx, Sbom())));
        await bed.AttestAsync(bed.Arm64, (SlsaV02, Statement(bed.Arm64.Digest, SlsaV02, Provenance02())), (Spdx, Statement(bed.Arm64.Digest, Spdx, Sbom())));
        var review = await bed.ReviewAsync(new() { Required = [ClaimKind.Provenance, ClaimKind.Sbom] });

        Assert.Equal(Verdict.Ok, review.Verdict);
        Assert.Empty(review.Root.Claims);
        Assert.Equal(["linux/amd64", "linux/arm64"], review.Entries.Select(e => e.Label));
        var (first, second) = (review.Entries[0].Claims[0].Provenance!, review.Entries[1].Claims[0].Provenance!);
        Assert.Equal(("v1", "https://example.test/builder", "https://example.test/build", 1), (first.Version, first.Builder, first.BuildType, first.Materials.Count));
        Assert.Equal(("v0.2", "https://example.test/builder", "https://example.test/build", 2), (second.Version, second.Builder, second.BuildType, second.Materials.Count));
        Assert.Equal(["sha256:00"], first.Materials[0].Digests);
        Assert.All(review.Entries, e => Assert.Equal(new Sbom("SPDX-2.3", "app", 2, 1), e.Claims[1].Sbom));
        Assert.All(review.Entries.SelectMany(e => e.Claims), c => Assert.Equal((ClaimPlace.List, SignatureState.Unsigned), (c.Place, c.Signature)));
    }

    [Fact]
    public async Task A_list_with_nothing_about_it_is_in_order_unless_something_is_demanded()
    {
        using var bed = await MakeAsync();
        Assert.Equal(Verdict.Ok, (await bed.ReviewAsync()).Verdict);
        var review = await bed.ReviewAsync(new() { Required = [ClaimKind.Sbom, ClaimKind.Signature] });
        Assert.Equal(["there is no signature", "there is no sbom", "there is no sbom"], review.Findings.Select(f => f.Text));
        Assert.All(review.Findings, f => Assert.Equal(("VIA5084", Verdict.Failure), (f.Code, f.Verdict)));
    }

    [Theory]
    [InlineData("other-subject", "VIA5081", Verdict.Failure)]
    [InlineData("no-subject", "VIA5081", Verdict.Failure)]
    [InlineData("other-annotation", "VIA5082", Verdict.Failure)]
    [InlineData("stray", "VIA5082", Verdict.Failure)]
    [InlineData("real-platform", "VIA5082", Verdict.Warning)]
    [InlineData("cut", "VIA5080", Verdict.Failure)]
    [InlineData("deep", "VIA5080", Verdict.Failure)]
    [InlineData("twice", "VIA5080", Verdict.Failure)]
    [InlineData("surrogate", "VIA5080", Verdict.Failure)]
    [InlineData("no-statement", "VIA5080", Verdict.Failure)]
    [InlineData("no-predicate", "VIA5080", Verdict.Failure)]
    [InlineData("wrong-kinds", "VIA5080", Verdict.Failure)]
    [InlineData("no-builder", "VIA5080", Verdict.Failure)]
    [InlineData("lost-blob", "VIA5080", Verdict.Failure)]
    [InlineData("other-blob", "VIA5080", Verdict.Failure)]
    [InlineData("lost-manifest", "VIA5080", Verdict.Failure)]
    [InlineData("half-a-name", "VIA5080", Verdict.Failure)]
    [InlineData("later-version", "VIA5080", Verdict.Warning)]
    [InlineData("not-pinned", "VIA5085", Verdict.Warning)]
    public async Task What_is_wrong_with_a_statement_is_found(string fault, string code, Verdict verdict)
    {
        using var bed = await MakeAsync();
        var good = Statement(bed.Amd64.Digest, SlsaV1, Provenance1());
        var statement = fault switch
        {
            "other-subject" => Statement(bed.Arm64.Digest, SlsaV1, Provenance1()),
            "no-subject" => good.Replace("\"subject\":[", "\"subject\":[],\"other\":["),
            "cut" => good[..^5],
            "deep" => Statement(bed.Amd64.Digest, SlsaV1, string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70)),
            "twice" => good.Replace("\"predicate\":", "\"predicate\":{},\"predicate\":"),
            "surrogate" => good.Replace("https://example.test/builder", "\\ud800"),
            "no-statement" => "{\"_type\":\"https://example.test/Statement\"}",
            "no-predicate" => good.Replace("\"predicate\":", "\"other\":"),
            "wrong-kinds" => Statement(bed.Amd64.Digest, SlsaV1, Provenance1("\"none\"")),
            "no-builder" => Statement(bed.Amd64.Digest, SlsaV1, "{\"buildDefinition\":{}}"),
            "half-a-name" => good.Replace("\"sha256\":\"00\"", "\"\\udc00\":\"00\""),
            "later-version" => good.Replace(SlsaV1, "https://slsa.dev/provenance/v9"),
            "not-pinned" => Statement(bed.Amd64.Digest, SlsaV1, Provenance1("""[{"uri":"pkg:docker/base@1"}]""")),
            _ => good,
        };
        var entry = await bed.AttestAsync(bed.Amd64, (fault switch { "other-annotation" => SlsaV02, "later-version" => "https://slsa.dev/provenance/v9", _ => SlsaV1 }, statement));
        await bed.AttestAsync(bed.Arm64, SlsaV1, Provenance1());
        var blob = (await bed.Layout.FindManifestAsync(entry.Digest.ToString(), default))!.AsImage().Layers[0];
        if (fault == "stray") bed.Change(entry, e => AttestationEntry.Make(e, Digest.Sha256("none"u8)));
        if (fault == "real-platform") bed.Change(entry, e => e with { Platform = Platform.Parse("linux/amd64") });
        if (fault == "lost-blob") bed.Lose(blob.Digest);
        if (fault == "lost-manifest") bed.Lose(entry.Digest);
        if (fault == "other-blob") File.WriteAllText(Path.Combine(bed.Layout.Folder, "blobs", "sha256", blob.Digest.Hex), good.Replace("builder", "buildex"));

        var review = await bed.ReviewAsync();
        Assert.Equal(verdict, review.Verdict);
        Assert.Equal(verdict, Assert.Single(review.Findings, f => f.Code == code).Verdict);
        Assert.DoesNotContain(review.Entries[1].Claims.SelectMany(c => c.Findings), f => true);
    }

    [Fact]
    public async Task A_platform_that_lacks_what_the_others_have_is_named()
    {
        using var bed = await MakeAsync();
        await bed.AttestAsync(bed.Amd64, SlsaV1, Provenance1());
        var review = await bed.ReviewAsync();
        Assert.Equal(new ReviewFinding("VIA5084", Verdict.Warning, "there is no provenance, and of others of the list there is"), Assert.Single(review.Entries[1].Findings));
        Assert.Equal(Verdict.Failure, (await bed.ReviewAsync(new() { Required = [ClaimKind.Provenance] })).Verdict);
        Assert.Equal(Verdict.Ok, (await bed.ReviewAsync(new() { Required = [ClaimKind.Provenance], Platforms = [Platform.Parse("linux/amd64")] })).Verdict);
    }

    [Fact]
    public async Task What_is_attached_is_read_wherever_it_is()
    {
        using var bed = await MakeAsync();
        var list = (await bed.ListAsync()).Descriptor;
        await bed.AttachAsync(bed.Amd64, "application/spdx+json", Sbom());
        await bed.AttachAsync(bed.Arm64, InToto, Statement(bed.Arm64.Digest, "https://cyclonedx.org/bom", """{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{},{},{}]}"""));
        await bed.AttachAsync(list, "text/markdown", "# Read me");
        var review = await bed.ReviewAsync();
        Assert.Equal(Verdict.Ok, review.Verdict);
        Assert.Equal((ClaimKind.Other, ClaimPlace.Referrer), (review.Root.Claims[0].Kind, review.Root.Claims[0].Place));
        Assert.Equal(2, review.Entries[0].Claims[0].Sbom!.Packages);
        Assert.Equal(new Sbom("CycloneDX 1.6", "", 3, 0), review.Entries[1].Claims[0].Sbom);
    }

    [Theory]
    [InlineData("\"SPDXVersion: SPDX-2.3\\nDocumentName: app\\nPackageName: a\\nPackageName: b\\nFileName: /x\\n\"", Verdict.Ok)]
    [InlineData("{\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\"}", Verdict.Warning)]
    [InlineData("\"a text\"", Verdict.Failure)]
    [InlineData("{\"spdxVersion\":\"2\"}", Verdict.Failure)]
    [InlineData("{}", Verdict.Failure)]
    public async Task SBOMs_of_other_forms_are_read_or_passed_over(string predicate, Verdict verdict)
    {
        using var bed = await MakeAsync();
        foreach (var image in (Descriptor[])[bed.Amd64, bed.Arm64]) await bed.AttestAsync(image, Spdx, predicate);
        var review = await bed.ReviewAsync();
        Assert.Equal(verdict, review.Verdict);
        Assert.Equal(verdict == Verdict.Ok ? new Sbom("SPDX-2.3", "app", 2, 1) : null, review.Entries[0].Claims[0].Sbom);
    }

    [Fact]
    public async Task A_statement_is_kept_as_it_is_written_where_it_is_to_be_shown()
    {
        using var bed = await MakeAsync();
        var predicate = Sbom().Replace(",", ",  ");
        await bed.AttestAsync(bed.Amd64, Spdx, predicate);
        Assert.Equal(predicate, System.Text.Encoding.UTF8.GetString((await bed.ReviewAsync(new() { Keep = ClaimKind.Sbom })).Entries[0].Claims[0].Predicate.Span));
        Assert.True((await bed.ReviewAsync()).Entries[0].Claims[0].Predicate.IsEmpty);
    }
}
