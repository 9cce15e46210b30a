using System.Text;
using Viaduct.Attestations;
using Viaduct.Oci;
using static Viaduct.Tests.Attestations.ReviewBed;

namespace Viaduct.Tests.Attestations;

/// <summary>Whatever bytes come, they are read or refused, and nothing else happens; and none that was changed is taken for signed.</summary>
public sealed class SpoiledClaimTests
{
    private static readonly Digest Subject = Digest.Sha256("subject"u8);

    [Theory]
    [InlineData("statement")]
    [InlineData("envelope")]
    [InlineData("bundle")]
    [InlineData("simple")]
    public void Every_cut_and_many_changes(string form)
    {
        using var key = new MadeKey();
        using var mine = key.Public;
        var statement = Statement(Subject, SlsaV1, Provenance1());
        var envelope = Dsse(statement, key.Sign(Encoding.UTF8.GetBytes($"DSSEv1 {InToto.Length} {InToto} {statement.Length} {statement}")));
        var payload = $$$"""{"critical":{"image":{"docker-manifest-digest":"{{{Subject}}}"},"type":"cosign container image signature"} }""";
        var signature = Convert.ToBase64String(key.Sign(Encoding.UTF8.GetBytes(payload)));
        var good = Encoding.UTF8.GetBytes(form switch
        {
            "statement" => statement,
            "envelope" => envelope,
            "bundle" => $$"""{"mediaType":"{{Bundle}}","verificationMaterial":{"publicKey":{"hint":"x"} },"dsseEnvelope":{{envelope}} }""",
            _ => payload,
        });
        Assert.True(Read(good) is { IsSound: true } whole && (form == "statement" || whole.Signature == SignatureState.Valid));

        for (var length = 0; length < good.Length; length++) Assert.False(Read(good[..length]) is { IsSound: true });
        var random = new Random(7);
        for (var i = 0; i < 3000; i++)
        {
            var changed = (byte[])good.Clone();
            for (var n = random.Next(1, 4); n > 0; n--) changed[random.Next(changed.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : "{}[]\",:\\u0"u8[random.Next(10)];
            var claim = Read(changed);
            // Outside of what is signed a change may be nothing: of a hint, or of a name that nobody reads.
            if (form == "simple" && !changed.AsSpan().SequenceEqual(good)) Assert.NotEqual(SignatureState.Valid, claim?.Signature);
            if (claim is { Signature: SignatureState.Valid, PredicateType: { } type }) Assert.Equal(SlsaV1, type);
        }

        Claim? Read(byte[] bytes)
        {
            var draft = new ClaimDraft(Subject, mine, ClaimKind.Provenance);
            try
            {
                if (form == "statement") draft.ReadStatement(bytes, SlsaV1);
                else if (form == "envelope") draft.ReadEnvelope(bytes, SlsaV1, null);
                else if (form == "bundle") draft.ReadBundle(bytes, SlsaV1);
                else draft.ReadSimpleSigning(bytes, signature, null);
                return draft.Finish(ClaimPlace.Tag, Subject, new Descriptor("x/y", Subject, bytes.Length));
            }
            catch (Exception e) when (e is FormatException or NotSupportedException)
            {
                return null;
            }
        }
    }
}
