using System.Text;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Attestations;

/// <summary>One claim while it is read: whatever fails is a finding, and what was read before it stays.</summary>
/// <param name="subject">What it has to be about.</param>
/// <param name="keep">The kind of claims whose predicates are kept.</param>
internal sealed class ClaimDraft(Digest subject, SignatureKey? key, ClaimKind? keep)
{
    private readonly List<ReviewFinding> _findings = [];
    private ClaimKind _kind = ClaimKind.Other;
    private string? _predicateType;
    private SignatureState _signature;
    private Signer? _signer;
    private Provenance? _provenance;
    private Sbom? _sbom;
    private byte[] _predicate = [];

    public Claim Finish(ClaimPlace place, Digest manifest, Descriptor blob) => new(_kind, place, manifest)
    {
        Blob = blob,
        Form = blob.MediaType,
        PredicateType = _predicateType,
        Signature = _signature,
        Signer = _signer,
        Provenance = _provenance,
        Sbom = _sbom,
        Predicate = _predicate,
        Findings = _findings,
    };

    public void Fail(string why) => _findings.Add(AttestationErrors.Unreadable(why));

    public void PassOver(string why) => _findings.Add(AttestationErrors.NotRead(why));

    /// <summary>What the annotations say that it is, until it says so itself.</summary>
    public void Expect(Descriptor layer, string? annotated)
    {
        if (layer.MediaType == ClaimForms.SimpleSigning) _kind = ClaimKind.Signature;
        else if (ClaimForms.IsSbom(layer.MediaType)) _kind = ClaimKind.Sbom;
        else if (annotated is not null) _kind = KindOf(annotated);
        if (layer.MediaType is ClaimForms.SimpleSigning or ClaimForms.Dsse || ClaimForms.IsBundle(layer.MediaType)) _signature = SignatureState.NotChecked;
    }

    /// <exception cref="FormatException">It is no statement.</exception>
    public void ReadStatement(ReadOnlyMemory<byte> bytes, string? annotated)
    {
        using var document = JsonFacts.Parse(bytes);
        var root = document.RootElement;
        if (root.Text("_type") is not { } type || !type.StartsWith("https://in-toto.io/Statement/", StringComparison.Ordinal)) throw new FormatException("it is no in-toto statement");
        _predicateType = root.Text("predicateType") ?? throw new FormatException("the statement has no predicateType");
        _kind = KindOf(_predicateType);
        if (annotated is not null && annotated != _predicateType)
            _findings.Add(AttestationErrors.Contradiction($"the statement's type is {_predicateType}, and the annotation says {annotated}"));
        CheckSubjects([.. root.Items("subject").Select(s => s.Digests("digest"))]);
        if (_kind == ClaimKind.Sbom && root.TryGetProperty("predicate", out var text) && text.ValueKind == JsonValueKind.String)
        {
            if (keep == _kind) _predicate = Encoding.UTF8.GetBytes(text.GetString()!);
            _sbom = Sbom.ReadText(text.GetString()!);
            return;
        }
        if (root.Object("predicate") is not { } predicate)
        {
            if (_kind is ClaimKind.Provenance or ClaimKind.Sbom) throw new FormatException("the statement has no predicate");
            return;
        }
        Keep(predicate);
        if (_kind == ClaimKind.Sbom) _sbom = Sbom.Read(predicate);
        if (_kind != ClaimKind.Provenance) return;
        _provenance = Provenance.Read(_predicateType, predicate);
        if (_provenance.Materials.Where(m => !m.IsPinned).Select(m => m.Uri).ToList() is { Count: > 0 } loose) _findings.Add(AttestationErrors.NotPinned(loose));
    }

    /// <exception cref="FormatException">It is no SBOM.</exception>
    public void ReadSbom(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonFacts.Parse(bytes);
        _sbom = Sbom.Read(document.RootElement);
        Keep(document.RootElement);
    }

    /// <exception cref="FormatException">It is no envelope, or holds no statement.</exception>
    public void ReadEnvelope(ReadOnlyMemory<byte> bytes, string? annotated, string? certificate)
    {
        if (certificate is not null) _signer = SigningCertificate.ReadPem(certificate);
        using var document = JsonFacts.Parse(bytes);
        ReadEnvelope(document.RootElement, annotated);
    }

    /// <summary>A bundle (sigstore/protobuf-specs, sigstore_bundle.proto).</summary>
    /// <exception cref="FormatException">It is none, or holds no statement.</exception>
    public void ReadBundle(ReadOnlyMemory<byte> bytes, string? annotated)
    {
        using var document = JsonFacts.Parse(bytes);
        var root = document.RootElement;
        if (root.Text("mediaType") is not { } type || !ClaimForms.IsBundle(type)) throw new FormatException("it is no sigstore bundle");
        var material = root.Object("verificationMaterial");
        if ((material?.Object("certificate") ?? material?.Object("x509CertificateChain")?.Items("certificates").Cast<JsonElement?>().FirstOrDefault()) is { } certificate)
            _signer = SigningCertificate.Read(certificate.Base64("rawBytes"));
        else if (material?.Object("publicKey") is { } named)
            _signer = new Signer(named.Text("hint"), null, null);
        if (root.Object("dsseEnvelope") is { } envelope) ReadEnvelope(envelope, annotated);
        else if (root.Object("messageSignature") is not null) _kind = ClaimKind.Signature;
        else throw new FormatException("the bundle holds neither an envelope nor a signature");
    }

    /// <summary>Only that the digest is the right one: the name in it may be of another registry, from which it was copied.</summary>
    /// <exception cref="FormatException">It is no such payload.</exception>
    public void ReadSimpleSigning(byte[] payload, string? signature, string? certificate)
    {
        if (certificate is not null) _signer = SigningCertificate.ReadPem(certificate);
        if (string.IsNullOrEmpty(signature)) throw new FormatException("there is no signature beside the payload");
        Check([JsonFacts.Base64(signature, ClaimForms.SignatureAnnotation)], payload);
        using var document = JsonFacts.Parse(payload);
        var critical = document.RootElement.Object("critical") ?? throw new FormatException("the payload has no 'critical'");
        if (critical.Text("type") is not ("cosign container image signature" or "atomic container signature")) throw new FormatException("the payload is of another type");
        var digest = critical.Object("image")?.Text("docker-manifest-digest") ?? throw new FormatException("the payload names no digest");
        if (digest != subject.ToString()) _findings.Add(AttestationErrors.OtherSubject("the signature", digest, subject));
    }

    private void ReadEnvelope(JsonElement element, string? annotated)
    {
        var envelope = Envelope.Read(element);
        Check(envelope.Signatures, envelope.Signed);
        if (envelope.PayloadType != ClaimForms.InToto) throw new FormatException($"the envelope holds {envelope.PayloadType}");
        ReadStatement(envelope.Payload, annotated);
    }

    private void Check(IReadOnlyList<byte[]> signatures, byte[] message)
    {
        if (key is null) return;
        _signature = key.Made(signatures, message) ? SignatureState.Valid : SignatureState.NotByKey;
        if (_signature == SignatureState.NotByKey && _signer?.Hint == key.Hint)
            _findings.Add(AttestationErrors.NotByKey("it says that it was signed with the key, and the signature is not of what stands there"));
    }

    private void CheckSubjects(IReadOnlyList<IReadOnlyDictionary<string, string>> subjects)
    {
        if (subjects.Any(s => s.GetValueOrDefault(subject.Algorithm) == subject.Hex)) return;
        var first = subjects.SelectMany(s => s).Select(d => $"{d.Key}:{d.Value}").FirstOrDefault() ?? "nothing";
        _findings.Add(AttestationErrors.OtherSubject("the statement", subjects.Count > 1 ? $"{first} and {subjects.Count - 1} more" : first, subject));
    }

    private void Keep(JsonElement predicate)
    {
        if (keep == _kind) _predicate = JsonFacts.Bytes(predicate);
    }

    private static ClaimKind KindOf(string predicateType) =>
        Provenance.Is(predicateType) ? ClaimKind.Provenance
        : Sbom.Is(predicateType) ? ClaimKind.Sbom
        : predicateType == ClaimForms.CosignSignature ? ClaimKind.Signature : ClaimKind.Other;
}
