using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Viaduct.Attestations;
using Viaduct.Oci;
using Viaduct.Simulation;
using static Viaduct.Tests.Attestations.ReviewBed;

namespace Viaduct.Tests.Attestations;

/// <summary>Signatures as cosign 2 and 3 write them, with the right key and with everything that is not right.</summary>
public sealed class SignatureTests
{
    [Theory]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("P-384-sha256")]
    [InlineData("P-521")]
    [InlineData("RSA")]
    [InlineData("RSA-PSS")]
    public async Task A_signature_counts_with_its_key_and_with_no_other(string kind)
    {
        foreach (var inTag in (bool[])[false, true])
        {
            using var bed = await MakeAsync();
            using var key = new MadeKey(kind);
            using var other = new MadeKey(kind);
            var list = (await bed.ListAsync()).Descriptor;
            if (inTag) await bed.SignInTagAsync(list, key);
            else await bed.SignAsync(list, key);

            var without = await bed.ReviewAsync(new() { Required = [ClaimKind.Signature] });
            Assert.Equal((Verdict.Ok, SignatureState.NotChecked), (without.Verdict, Assert.Single(without.Root.Claims).Signature));
            using var mine = key.Public;
            var right = await bed.ReviewAsync(new() { Key = mine });
            Assert.Equal((Verdict.Ok, SignatureState.Valid), (right.Verdict, Assert.Single(right.Root.Claims).Signature));
            Assert.Equal(inTag ? null : key.Hint, right.Root.Claims[0].Signer?.Hint);
            using var theirs = other.Public;
            var wrong = await bed.ReviewAsync(new() { Key = theirs });
            Assert.Equal(SignatureState.NotByKey, Assert.Single(wrong.Root.Claims).Signature);
            Assert.Equal(new ReviewFinding("VIA5083", Verdict.Failure, "the signature was not made with the key over what stands there"), Assert.Single(wrong.Findings));
        }
    }

    [Theory]
    [InlineData("bundle-changed", "VIA5083")]
    [InlineData("bundle-other-subject", "VIA5081")]
    [InlineData("bundle-cut", "VIA5080")]
    [InlineData("bundle-empty", "VIA5080")]
    [InlineData("bundle-no-base64", "VIA5080")]
    [InlineData("bundle-unsigned", "VIA5080")]
    [InlineData("tag-lost", "VIA5080")]
    [InlineData("tag-changed", "VIA5083")]
    [InlineData("tag-other-digest", "VIA5081")]
    [InlineData("tag-cut", "VIA5083")]
    [InlineData("none", "VIA5084")]
    public async Task What_is_no_signature_of_the_list_with_the_key_fails(string fault, string code)
    {
        using var bed = await MakeAsync();
        using var key = new MadeKey();
        var list = (await bed.ListAsync()).Descriptor;
        switch (fault)
        {
            case "bundle-changed": await bed.SignAsync(list, key, s => s.Replace("\"app\"", "\"APP\"")); break;
            case "bundle-other-subject": await MoveAsync(bed.Amd64); break;
            case "bundle-cut": await bed.AttachAsync(list, Bundle, $$"""{"mediaType":"{{Bundle}}","dsseEnvelope":{"payl"""); break;
            case "bundle-empty": await bed.AttachAsync(list, Bundle, $$"""{"mediaType":"{{Bundle}}"}"""); break;
            case "bundle-no-base64": await bed.AttachAsync(list, Bundle, $$"""{"mediaType":"{{Bundle}}","dsseEnvelope":{"payload":"?","payloadType":"x","signatures":[{"sig":"MA=="}]} }"""); break;
            case "bundle-unsigned": await bed.AttachAsync(list, Bundle, $$"""{"mediaType":"{{Bundle}}","dsseEnvelope":{"payload":"e30=","payloadType":"{{InToto}}","signatures":[]} }"""); break;
            case "tag-lost": await bed.TagAsync(list, "sig", list with { MediaType = "application/vnd.dev.cosign.simplesigning.v1+json", Digest = Digest.Sha256("gone"u8) }); break;
            case "tag-changed": await bed.SignInTagAsync(list, key, change: s => s.Replace("registry.example", "registry.elsewhere")); break;
            case "tag-other-digest": await bed.SignInTagAsync(list, key, bed.Amd64.Digest); break;
            case "tag-cut": await bed.SignInTagAsync(list, key, change: s => s[..^3]); break;
        }
        using var mine = key.Public;
        var review = await bed.ReviewAsync(new() { Key = mine });
        Assert.Equal(Verdict.Failure, review.Verdict);
        Assert.Contains(review.Findings, f => f.Code == code);
        // The list itself stands unsigned whatever is wrong.
        Assert.Contains(review.Root.Findings, f => f.Code is "VIA5083" or "VIA5084");

        // A signature of an image that is attached to the list.
        async Task MoveAsync(Descriptor from)
        {
            var statement = Statement(from.Digest, "https://sigstore.dev/cosign/sign/v1", "{}");
            var envelope = Dsse(statement, key.Sign(System.Text.Encoding.UTF8.GetBytes($"DSSEv1 {InToto.Length} {InToto} {statement.Length} {statement}")));
            await bed.AttachAsync(list, Bundle, $$"""{"mediaType":"{{Bundle}}","dsseEnvelope":{{envelope}} }""");
        }
    }

    [Fact]
    public async Task With_a_key_only_what_it_stands_for_is_enough()
    {
        using var bed = await MakeAsync();
        using var key = new MadeKey();
        using var mine = key.Public;
        await bed.AttestAsync(bed.Amd64, SlsaV1, Provenance1());
        // Anybody who may push could have attached it.
        await bed.AttachAsync(bed.Arm64, InToto, Statement(bed.Arm64.Digest, SlsaV1, Provenance1()));
        var options = new ReviewOptions { Key = mine, Required = [ClaimKind.Provenance] };
        Assert.Equal(["VIA5084", "VIA5084", "VIA5084"], (await bed.ReviewAsync(options)).Findings.Select(f => f.Code));

        await bed.SignAsync((await bed.ListAsync()).Descriptor, key);
        var signed = await bed.ReviewAsync(options);
        Assert.Equal("there is no provenance that is in order and that the key stands for", Assert.Single(signed.Findings).Text);
        Assert.Same(signed.Entries[1].Findings[0], Assert.Single(signed.Findings));

        await bed.SignAsync(bed.Arm64, key, type: SlsaV1, predicate: Provenance1());
        Assert.Equal(Verdict.Ok, (await bed.ReviewAsync(options)).Verdict);
    }

    [Fact]
    public async Task Another_signature_beside_the_right_one_does_no_harm()
    {
        using var bed = await MakeAsync();
        using var key = new MadeKey();
        using var other = new MadeKey();
        using var mine = key.Public;
        var list = (await bed.ListAsync()).Descriptor;
        await bed.SignAsync(list, other);
        await bed.SignAsync(list, key);
        var review = await bed.ReviewAsync(new() { Key = mine });
        Assert.Equal(Verdict.Ok, review.Verdict);
        Assert.Equal([SignatureState.Valid, SignatureState.NotByKey], review.Root.Claims.Select(c => c.Signature).Order());
    }

    [Fact]
    public async Task A_certificate_is_shown_and_not_believed()
    {
        using var bed = await MakeAsync();
        using var key = new MadeKey();
        var request = new CertificateRequest("CN=none", key.Curve, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri("https://example.test/workflow@refs/heads/main"));
        request.CertificateExtensions.Add(names.Build());
        var issuer = new AsnWriter(AsnEncodingRules.DER);
        issuer.WriteCharacterString(UniversalTagNumber.UTF8String, "https://token.example.test");
        request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.57264.1.8", issuer.Encode(), critical: false));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(10));
        await bed.SignInTagAsync((await bed.ListAsync()).Descriptor, key, certificate: certificate.ExportCertificatePem());
        var claim = Assert.Single((await bed.ReviewAsync()).Root.Claims);
        Assert.Equal((SignatureState.NotChecked, new Signer(null, "https://example.test/workflow@refs/heads/main", "https://token.example.test")), (claim.Signature, claim.Signer));
    }

    [Theory]
    [InlineData("", "it holds no PEM")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "the key in it cannot be read")]
    [InlineData("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n", "it holds a private key")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "it holds a certificate")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n", "it is an Ed25519 key, which cannot be checked with here")]
    public void A_file_that_is_no_key_to_check_with_is_refused(string pem, string why)
    {
        var error = Assert.Throws<ViaductException>(() => SignatureKey.Parse(pem, "cosign.pub"));
        Assert.Equal(("VIA5088", $"is no public key that signatures are checked with: {why}", ExitCode.Usage), (error.Code, error.Message, error.Exit));
    }

    [Fact]
    public void An_RSA_key_that_is_too_short_is_refused()
    {
        using var rsa = RSA.Create(1024);
        Assert.Contains("1024 bits", Assert.Throws<ViaductException>(() => SignatureKey.Parse(rsa.ExportSubjectPublicKeyInfoPem(), "cosign.pub")).Message);
    }
}
